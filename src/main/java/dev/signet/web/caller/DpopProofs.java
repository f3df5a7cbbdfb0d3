package dev.signet.web.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.settings.Profile;
import dev.signet.base.settings.Settings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.client.UsedProofs;
import dev.signet.domain.jose.DpopNonces;
import dev.signet.domain.jose.DpopProof;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.jose.VerifiedToken;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Enumeration;
import java.util.Optional;

/**
 * Checks the DPoP proofs of requests (RFC 9449, section 4.3). The expected URI is derived from the
 * issuer, not from the {@code Host} header.
 *
 * <p>Used proofs are stored in the database for requests that issue tokens. For requests with
 * access tokens, each node remembers used proofs in memory, because a write for each request would
 * cost more than the rest of the request. An attacker who has broken TLS can therefore replay a
 * proof once to each other node until the proof expires, and only with the identical request.
 */
@Shared
public class DpopProofs {
  public static final String NONCE = "DPoP-Nonce";
  private static final String HEADER = "DPoP";
  private static final int MOST = 100_000;

  private final String issuer;
  private final boolean nonceNeeded;
  private final Profile profile;
  private final DpopNonces nonces;
  private final UsedProofs used;
  private final Clock clock;
  private final Cache<String, Boolean> seen =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(DpopProof.WINDOW.multipliedBy(2))
          .executor(Runnable::run)
          .build();

  @Inject
  public DpopProofs(Settings settings, DpopNonces nonces, UsedProofs used, Clock clock) {
    issuer = settings.issuer().toString();
    nonceNeeded = settings.dpop().nonce();
    profile = settings.profile();
    this.nonces = nonces;
    this.used = used;
    this.clock = clock;
  }

  /**
   * Returns the thumbprint of the key of the DPoP proof of a request to an OAuth endpoint; empty if
   * there is no proof.
   *
   * @param response gets a nonce for the next request, if nonces are required
   * @throws OAuthException {@link OAuthError#INVALID_DPOP_PROOF} or {@link
   *     OAuthError#USE_DPOP_NONCE}
   */
  public Optional<String> key(HttpServletRequest request, HttpServletResponse response) {
    if (request.getHeader(HEADER) == null) {
      return Optional.empty();
    }
    offerNonce(response);
    try {
      DpopProof proof = proof(request);
      used.use(proof);
      return Optional.of(proof.thumbprint());
    } catch (InvalidToken e) {
      throw e.reason() == Reason.NONCE
          ? new OAuthException(
              OAuthError.USE_DPOP_NONCE,
              "The DPoP proof must contain the nonce from the header DPoP-Nonce.")
          : new OAuthException(
              OAuthError.INVALID_DPOP_PROOF,
              "The DPoP proof is malformed, expired, or was made for a different request.");
    }
  }

  /** Adds the next nonce to the response, if nonces are required (RFC 9449, section 8.2). */
  public void offerNonce(HttpServletResponse response) {
    nonce().ifPresent(nonce -> response.setHeader(NONCE, nonce));
  }

  /** Returns the next nonce, if nonces are required. */
  public Optional<String> nonce() {
    return nonceNeeded ? Optional.of(nonces.current()) : Optional.empty();
  }

  /**
   * Checks that the request proves possession of the key that the token is bound to.
   *
   * @throws InvalidToken {@link Reason#PROOF} or {@link Reason#NONCE}
   */
  public void check(HttpServletRequest request, VerifiedToken token) throws InvalidToken {
    DpopProof proof = proof(request);
    boolean good =
        token.key().equals(Optional.of(proof.thumbprint()))
            && proof.isFor(token.raw())
            && seen.asMap().putIfAbsent(proof.identity(), true) == null;
    if (!good) {
      throw new InvalidToken(Reason.PROOF);
    }
  }

  private DpopProof proof(HttpServletRequest request) throws InvalidToken {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    DpopProof proof;
    try {
      proof = DpopProof.parse(only(request.getHeaders(HEADER)));
      proof.check(request.getMethod(), issuer + path, clock.instant());
    } catch (InvalidToken e) {
      // An expired proof must not be reported as an expired token.
      throw new InvalidToken(Reason.PROOF);
    }
    if (!profile.permits(proof.algorithm())) {
      throw new InvalidToken(Reason.PROOF);
    }
    if (nonceNeeded && !proof.nonce().map(nonces::accept).orElse(false)) {
      throw new InvalidToken(Reason.NONCE);
    }
    return proof;
  }

  private static String only(Enumeration<String> headers) throws InvalidToken {
    if (!headers.hasMoreElements()) {
      throw new InvalidToken(Reason.PROOF);
    }
    String first = headers.nextElement();
    if (headers.hasMoreElements()) {
      throw new InvalidToken(Reason.PROOF);
    }
    return first;
  }
}

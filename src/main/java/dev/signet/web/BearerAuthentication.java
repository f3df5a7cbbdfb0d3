package dev.signet.web;

import dev.signet.base.route.Route;
import dev.signet.keys.InvalidToken;
import dev.signet.keys.InvalidToken.Reason;
import dev.signet.keys.TokenVerifier;
import dev.signet.keys.VerifiedToken;
import dev.signet.problem.Refusal;
import dev.signet.token.TokenAdmission;
import dev.signet.web.route.CurrentRoute;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Optional;

/**
 * Finds and checks the access token of a request (RFC 6750, section 2.1; RFC 9449, section 7.1): in
 * the {@code Authorization} header, or else in the cookie; never in the query, where logs and
 * browser histories keep it. A request with that header, whatever it says, is judged by it alone.
 */
@Shared
class BearerAuthentication {
  private static final String DPOP = "DPoP ";

  /** A container may authenticate twice; what the first check found is kept with the request. */
  private static final String CALLER = CallerToken.class.getName();

  private static final String COOKIE = CALLER + ".cookie";

  private final TokenVerifier verifier;
  private final TokenAdmission admission;
  private final DpopProofs proofs;
  private final SessionCookies cookies;
  private final CsrfDefence csrf;
  private final ScrapeSecret scrapeSecret;

  @Inject
  BearerAuthentication(
      TokenVerifier verifier,
      TokenAdmission admission,
      DpopProofs proofs,
      SessionCookies cookies,
      CsrfDefence csrf,
      ScrapeSecret scrapeSecret) {
    this.verifier = verifier;
    this.admission = admission;
    this.proofs = proofs;
    this.cookies = cookies;
    this.csrf = csrf;
    this.scrapeSecret = scrapeSecret;
  }

  /**
   * Returns the caller, or nothing if the request has no token.
   *
   * @throws InvalidToken if it has one that does not pass
   * @throws Refusal if the token came by cookie and another site may have sent the request
   */
  Optional<CallerToken> authenticate(HttpServletRequest request) throws InvalidToken {
    if (request.getAttribute(CALLER) instanceof CallerToken known) {
      return Optional.of(known);
    }
    String header = header(request);
    if (scrapeSecret.isTried(request) || !CurrentRoute.of(request).takesAccessTokens()) {
      return Optional.empty();
    }
    Optional<VerifiedToken> token = header == null ? byCookie(request) : byHeader(request, header);
    Optional<CallerToken> caller = token.map(CallerToken::new);
    caller.ifPresent(found -> request.setAttribute(CALLER, found));
    return caller;
  }

  /** The caller that was found for this request. */
  static Optional<CallerToken> caller(HttpServletRequest request) {
    return Optional.ofNullable((CallerToken) request.getAttribute(CALLER));
  }

  /** The token of a caller that came by cookie. */
  static Optional<VerifiedToken> cookieToken(HttpServletRequest request) {
    return Optional.ofNullable((VerifiedToken) request.getAttribute(COOKIE));
  }

  /**
   * Checks a token that came in the body, and may be for any audience; it must not be bound to a
   * key.
   *
   * @throws InvalidToken if it does not pass
   */
  VerifiedToken authenticate(String token) throws InvalidToken {
    VerifiedToken verified = verifier.verifyForAnyAudience(token);
    if (verified.key().isPresent()) {
      throw new InvalidToken(Reason.CLAIMS);
    }
    admission.check(verified);
    return verified;
  }

  private Optional<VerifiedToken> byHeader(HttpServletRequest request, String header)
      throws InvalidToken {
    Optional<String> bearer = BearerToken.in(header);
    if (bearer.isPresent()) {
      VerifiedToken token = verify(request, bearer.get());
      if (token.key().isPresent()) {
        // Whoever has stolen it would leave the proof out.
        throw new InvalidToken(Reason.CLAIMS);
      }
      return Optional.of(token);
    }
    if (isDpop(header)) {
      VerifiedToken token = verify(request, header.substring(DPOP.length()).strip());
      proofs.check(request, token);
      return Optional.of(token);
    }
    return Optional.empty();
  }

  /**
   * Whether an {@code Authorization} header, if there is one, has a token that is bound to a key.
   */
  static boolean isDpop(String header) {
    return header != null && header.regionMatches(true, 0, DPOP, 0, DPOP.length());
  }

  private Optional<VerifiedToken> byCookie(HttpServletRequest request) throws InvalidToken {
    if (!CurrentRoute.of(request).takesCookies()) {
      return Optional.empty();
    }
    Optional<String> cookie = cookies.access(request);
    if (cookie.isEmpty()) {
      return Optional.empty();
    }
    VerifiedToken token = verify(request, cookie.get());
    // A token that was made for the header has no defence against other sites.
    String expected = token.csrf().orElseThrow(() -> new InvalidToken(Reason.CLAIMS));
    csrf.check(request, expected);
    request.setAttribute(COOKIE, token);
    return Optional.of(token);
  }

  private VerifiedToken verify(HttpServletRequest request, String token) throws InvalidToken {
    // A client learns about its user by the token that it got for calling others.
    VerifiedToken verified =
        CurrentRoute.of(request).caller() == Route.Caller.TOKEN_FOR_ANY_AUDIENCE
            ? verifier.verifyForAnyAudience(token)
            : verifier.verify(token);
    admission.check(verified);
    return verified;
  }

  private static String header(HttpServletRequest request) throws InvalidToken {
    Enumeration<String> headers = request.getHeaders("Authorization");
    if (!headers.hasMoreElements()) {
      return null;
    }
    String first = headers.nextElement();
    if (headers.hasMoreElements()) {
      throw new InvalidToken(Reason.MALFORMED);
    }
    return first;
  }
}

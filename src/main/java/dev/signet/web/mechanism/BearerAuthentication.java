package dev.signet.web.mechanism;

import dev.signet.base.problem.Refusal;
import dev.signet.base.route.Route;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.jose.TokenVerifier;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.token.TokenAdmission;
import dev.signet.web.browser.CsrfDefence;
import dev.signet.web.browser.SessionCookies;
import dev.signet.web.caller.BearerToken;
import dev.signet.web.caller.CallerToken;
import dev.signet.web.caller.DpopProofs;
import dev.signet.web.route.CurrentRoute;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Optional;

/**
 * Finds and checks the access token of a request (RFC 6750, section 2.1; RFC 9449, section 7.1): in
 * the {@code Authorization} header, or else in the cookie. Tokens in the query string are ignored,
 * because URLs end up in logs and browser histories. If the header is present, the cookie is
 * ignored.
 */
@Shared
public class BearerAuthentication {
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
   * Returns the caller; empty if the request has no token.
   *
   * @throws InvalidToken if the token is invalid
   * @throws Refusal if the token is in a cookie and the request may come from another site
   */
  public Optional<CallerToken> authenticate(HttpServletRequest request) throws InvalidToken {
    // A container may authenticate a request twice.
    Optional<CallerToken> known = CallerToken.of(request);
    if (known.isPresent()) {
      return known;
    }
    String header = header(request);
    if (scrapeSecret.isTried(request) || !CurrentRoute.of(request).takesAccessTokens()) {
      return Optional.empty();
    }
    Optional<VerifiedToken> token = header == null ? byCookie(request) : byHeader(request, header);
    Optional<CallerToken> caller = token.map(CallerToken::new);
    caller.ifPresent(found -> found.keepWith(request));
    return caller;
  }

  /**
   * Checks a token from the body, for any audience. It must not be bound to a key.
   *
   * @throws InvalidToken if the token is invalid
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
        // A bound token without a proof is refused: an attacker with a stolen token would omit the
        // proof.
        throw new InvalidToken(Reason.CLAIMS);
      }
      return Optional.of(token);
    }
    Optional<String> bound = BearerToken.boundIn(header);
    if (bound.isPresent()) {
      VerifiedToken token = verify(request, bound.get());
      proofs.check(request, token);
      return Optional.of(token);
    }
    return Optional.empty();
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
    // A token that was issued for the header has no CSRF value.
    String expected = token.csrf().orElseThrow(() -> new InvalidToken(Reason.CLAIMS));
    csrf.check(request, expected);
    CallerToken.keepCookie(request, token);
    return Optional.of(token);
  }

  private VerifiedToken verify(HttpServletRequest request, String token) throws InvalidToken {
    // At userinfo, a client uses the token that it got for other resource servers.
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

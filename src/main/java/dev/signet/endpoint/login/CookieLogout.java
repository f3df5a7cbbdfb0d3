package dev.signet.endpoint.login;

import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.TokenVerifier;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.session.Sessions;
import dev.signet.web.browser.CsrfDefence;
import dev.signet.web.browser.SessionCookies;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * Ends the session of a browser's cookies, even if the access token has expired, and removes the
 * cookies, even invalid ones. Other sites can do neither.
 */
@Shared
class CookieLogout {
  private final SessionCookies cookies;
  private final TokenVerifier verifier;
  private final CsrfDefence csrf;
  private final Sessions sessions;
  private final AuditLog audit;

  @Inject
  CookieLogout(
      SessionCookies cookies,
      TokenVerifier verifier,
      CsrfDefence csrf,
      Sessions sessions,
      AuditLog audit) {
    this.cookies = cookies;
    this.verifier = verifier;
    this.csrf = csrf;
    this.sessions = sessions;
    this.audit = audit;
  }

  Response logout(HttpServletRequest request) {
    csrf.checkOrigin(request);
    Optional<VerifiedToken> token = token(request);
    if (token.isPresent() && token.get().csrf().isPresent()) {
      csrf.check(request, token.get().csrf().get());
      String user = token.get().subject();
      boolean ended =
          token.get().session().filter(session -> sessions.end(user, session)).isPresent();
      if (ended) {
        audit.record(SecurityEvent.of(EventType.LOGGED_OUT).subject(user));
      }
    }
    return cookies.clear(Response.noContent()).build();
  }

  private Optional<VerifiedToken> token(HttpServletRequest request) {
    try {
      Optional<String> cookie = cookies.access(request);
      return cookie.isPresent()
          ? Optional.of(verifier.verifyExpired(cookie.get()))
          : Optional.empty();
    } catch (InvalidToken e) {
      return Optional.empty();
    }
  }
}

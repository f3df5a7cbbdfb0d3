package dev.signet.authorize;

import dev.signet.keys.OpaqueToken;
import dev.signet.token.BrowserSession;
import dev.signet.token.BrowserSessions;
import dev.signet.web.BrowserCookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * A browser in which somebody is asked.
 *
 * @param secret that its cookie has, or will have
 * @param isNew whether the cookie is still to be set
 * @param session of who is logged in
 * @param loggedInForThis whether that login was for the request at hand
 */
record Visit(
    HttpServletRequest http,
    OpaqueToken secret,
    boolean isNew,
    Optional<BrowserSession> session,
    boolean loggedInForThis) {

  /** A browser that follows a link, with its cookie if it has one. */
  static Visit of(HttpServletRequest http, BrowserCookie cookie, BrowserSessions sessions) {
    Optional<OpaqueToken> secret = cookie.secret(http);
    return new Visit(
        http,
        secret.orElseGet(OpaqueToken::random),
        secret.isEmpty(),
        secret.flatMap(shown -> sessions.find(shown.value())),
        false);
  }

  @Override
  public String toString() {
    return "Visit[" + session + "]";
  }
}

package dev.signet.web.browser;

import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.session.BrowserSession;
import dev.signet.domain.session.BrowserSessions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A browser in which somebody is asked.
 *
 * @param secret that its cookie has, or will have
 * @param isNew whether the cookie is still to be set
 * @param session of who is logged in
 * @param loggedInForThis whether that login was for the request at hand
 */
public record Visit(
    HttpServletRequest http,
    OpaqueToken secret,
    boolean isNew,
    Optional<BrowserSession> session,
    boolean loggedInForThis) {

  private static final Duration THOUGHT = Duration.ofMinutes(10);

  /** A browser that follows a link, with its cookie if it has one. */
  public static Visit of(HttpServletRequest http, BrowserCookie cookie, BrowserSessions sessions) {
    Optional<OpaqueToken> secret = cookie.secret(http);
    return new Visit(
        http,
        secret.orElseGet(OpaqueToken::random),
        secret.isEmpty(),
        secret.flatMap(shown -> sessions.find(shown.value())),
        false);
  }

  /**
   * A browser that sends a form of a page which it was shown for one request: for as long as
   * somebody may think about it, the login before counts as one for that request.
   */
  public static Visit ofForm(
      HttpServletRequest http, OpaqueToken shown, BrowserSessions sessions, Instant now) {
    Optional<BrowserSession> session = sessions.find(shown.value());
    boolean justNow =
        session.filter(s -> now.isBefore(s.authenticatedAt().plus(THOUGHT))).isPresent();
    return new Visit(http, shown, false, session, justNow);
  }

  @Override
  public String toString() {
    return "Visit[" + session + "]";
  }
}

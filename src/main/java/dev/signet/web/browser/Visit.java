package dev.signet.web.browser;

import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.session.BrowserSession;
import dev.signet.domain.session.BrowserSessions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request of a browser.
 *
 * @param secret the value of its cookie, existing or new
 * @param isNew whether the cookie must be set
 * @param session the session of the logged-in user
 * @param loggedInForThis whether that login was made for the current authorization request
 */
public record Visit(
    HttpServletRequest http,
    OpaqueToken secret,
    boolean isNew,
    Optional<BrowserSession> session,
    boolean loggedInForThis) {

  private static final Duration THOUGHT = Duration.ofMinutes(10);

  /** Creates the visit of a browser that follows a link. */
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
   * Creates the visit of a browser that submits a form of an authorization request. The login
   * before the form counts as made for that request while the user decides.
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

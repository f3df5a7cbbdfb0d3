package dev.signet.endpoint.authorize;

import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.value.Limit;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.code.PushedRequests;
import dev.signet.domain.credential.Authenticator;
import dev.signet.domain.session.BrowserSession;
import dev.signet.domain.session.BrowserSessions;
import dev.signet.domain.session.Login;
import dev.signet.domain.user.User;
import dev.signet.domain.user.Username;
import dev.signet.web.body.Form;
import dev.signet.web.browser.Visit;
import dev.signet.web.limit.Limiter;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/** Logs users in in a browser. */
@Shared
class SignIn {
  private static final int LONGEST_USERNAME = 256;
  private static final int LONGEST_PASSWORD = 1024;

  private final Authenticator authenticator;
  private final BrowserSessions sessions;
  private final PushedRequests pushed;
  private final Limiter limiter;
  private final AuditLog audit;

  @Inject
  SignIn(
      Authenticator authenticator,
      BrowserSessions sessions,
      PushedRequests pushed,
      Limiter limiter,
      AuditLog audit) {
    this.authenticator = authenticator;
    this.sessions = sessions;
    this.pushed = pushed;
    this.limiter = limiter;
    this.audit = audit;
  }

  /**
   * The result of a login form.
   *
   * @param visit the browser after a successful login; empty if the page is shown again
   * @param status of that page
   * @param username the prefilled username of that page
   * @param fault the key of the fault
   */
  record Outcome(Optional<Visit> visit, int status, String username, Optional<String> fault) {
    private static Outcome again(int status, String username, String fault) {
      return new Outcome(Optional.empty(), status, username, Optional.of(fault));
    }
  }

  /**
   * Processes a login form.
   *
   * @throws Refusal {@link Problem#BLOCKED}, {@link Problem#RATE_LIMITED} or {@link
   *     Problem#OVERLOADED}
   */
  Outcome take(Form form, Visit before) {
    String username = form.text("username").orElse("");
    Optional<String> password = form.text("password");
    if (username.isBlank() || password.isEmpty()) {
      return Outcome.again(400, username, "login.incomplete");
    }
    OpaqueToken secret = OpaqueToken.random();
    try {
      BrowserSession session =
          signIn(username, password.get(), before.http(), secret, before.secret());
      Visit after = new Visit(before.http(), secret, true, Optional.of(session), true);
      return new Outcome(Optional.of(after), 200, username, Optional.empty());
    } catch (Refusal e) {
      if (e.problem() != Problem.INVALID_CREDENTIALS && e.problem() != Problem.INVALID_INPUT) {
        throw e;
      }
      return Outcome.again(e.problem().status(), username, "login.wrong");
    }
  }

  /**
   * Checks a username and a password, and opens a session.
   *
   * @param secret the new secret of the browser
   * @param former its previous secret
   * @throws Refusal {@link Problem#INVALID_CREDENTIALS}, {@link Problem#INVALID_INPUT} if one is
   *     too long, {@link Problem#BLOCKED}, {@link Problem#RATE_LIMITED} or {@link
   *     Problem#OVERLOADED}
   */
  private BrowserSession signIn(
      String username,
      String password,
      HttpServletRequest http,
      OpaqueToken secret,
      OpaqueToken former) {
    if (username.length() > LONGEST_USERNAME || password.length() > LONGEST_PASSWORD) {
      throw new Refusal(Problem.INVALID_INPUT, "The parameter username or password is too long.");
    }
    limiter.check(http, Limit.LOGIN_ACCOUNT, Username.digest(username));
    User user = authenticator.authenticate(username, password);
    Login login =
        new Login(
            user,
            Origin.current().source().map(Source::key).orElse(""),
            http.getHeader(HttpHeaders.USER_AGENT),
            Optional.empty(),
            false);
    try {
      BrowserSession session = sessions.open(login, secret, Optional.of(former.value()));
      pushed.follow(former, secret);
      return session;
    } catch (Refusal e) {
      audit.record(SecurityEvent.of(EventType.LOGIN_FAILED, Reason.CHANGED).subject(user.id()));
      throw e;
    }
  }
}

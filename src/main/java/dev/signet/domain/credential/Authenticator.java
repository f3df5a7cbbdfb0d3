package dev.signet.domain.credential;

import static dev.signet.domain.audit.EventType.LOGIN_FAILED;
import static dev.signet.domain.audit.Reason.DISABLED;
import static dev.signet.domain.audit.Reason.EXPIRED;
import static dev.signet.domain.audit.Reason.LOCKED;
import static dev.signet.domain.audit.Reason.UNKNOWN_USER;
import static dev.signet.domain.audit.Reason.WRONG_PASSWORD;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.guard.Attempt;
import dev.signet.domain.guard.Guard;
import dev.signet.domain.guard.HashingBulkhead;
import dev.signet.domain.user.User;
import dev.signet.domain.user.Username;
import dev.signet.domain.user.Users;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/** Authenticates users. */
@Shared
public class Authenticator {
  @Inject private Users users;
  @Inject private Passwords passwords;
  @Inject private Guard guard;
  @Inject private HashingBulkhead bulkhead;
  @Inject private Clock clock;
  @Inject private AuditLog audit;

  /**
   * Checks a username and password. An unknown user takes one hash like a known one, and every
   * failure gets the same response, also while the account is locked for the caller.
   *
   * @throws Refusal {@link Problem#INVALID_CREDENTIALS}, {@link Problem#BLOCKED} or {@link
   *     Problem#OVERLOADED}
   */
  public User authenticate(String username, String password) {
    guard.admit();
    bulkhead.admit();
    Optional<User> found = users.findByName(username);
    Optional<Reason> fault =
        found.map(user -> fault(user, password)).orElseGet(() -> nobodys(password));
    // The correct password of a disabled account, or an expired one, is no guess.
    boolean right = fault.isEmpty() || fault.get() == DISABLED || fault.get() == EXPIRED;
    boolean locked =
        guard.attempted(new Attempt(Username.key(username), found.map(User::id), right));
    if (locked || fault.isPresent()) {
      SecurityEvent event = SecurityEvent.of(LOGIN_FAILED, locked ? LOCKED : fault.get());
      audit.record(
          found.map(user -> event.subject(user.id())).orElseGet(() -> event.triedName(username)));
      throw refusal();
    }
    User user = found.get();
    if (passwords.isOutdated(user.passwordHash())) {
      users.upgradeHash(user.id(), user.passwordHash(), passwords.hash(password));
      return users.find(user.id()).orElseThrow(Authenticator::refusal);
    }
    return user;
  }

  private Optional<Reason> fault(User user, String password) {
    if (!passwords.matches(password, user.passwordHash())) {
      return Optional.of(WRONG_PASSWORD);
    }
    if (!user.enabled()) {
      return Optional.of(DISABLED);
    }
    return user.mayLogIn(clock.instant()) ? Optional.empty() : Optional.of(EXPIRED);
  }

  private Optional<Reason> nobodys(String password) {
    passwords.matchNobody(password);
    return Optional.of(UNKNOWN_USER);
  }

  /** Returns the refusal of every failed login. */
  public static Refusal refusal() {
    return new Refusal(
        Problem.INVALID_CREDENTIALS,
        "Incorrect username or password. After several failed attempts, wait a few"
            + " minutes before you try again.");
  }
}

package dev.signet.user;

import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/** Finds out who somebody is. */
@Shared
public class Authenticator {
  @Inject private Users users;
  @Inject private Passwords passwords;
  @Inject private Clock clock;

  /**
   * Checks a username and password. An unknown user costs one hash like a known one, and every
   * failure gets the same answer.
   *
   * @throws Refusal {@link Problem#INVALID_CREDENTIALS} or {@link Problem#OVERLOADED}
   */
  public User authenticate(String username, String password) {
    Optional<User> found = users.findByName(username);
    if (found.isEmpty()) {
      passwords.matchNobody(password);
      throw invalid();
    }
    User user = found.get();
    boolean matches = passwords.matches(password, user.passwordHash());
    if (!matches || !user.enabled() || user.passwordExpired(clock.instant())) {
      throw invalid();
    }
    if (passwords.isOutdated(user.passwordHash())) {
      users.upgradeHash(user.id(), user.passwordHash(), passwords.hash(password));
    }
    return user;
  }

  private static Refusal invalid() {
    return new Refusal(
        Problem.INVALID_CREDENTIALS, "There is no such user, or the password is another.");
  }
}

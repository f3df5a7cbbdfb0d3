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
      throw refusal();
    }
    User user = found.get();
    boolean matches = passwords.matches(password, user.passwordHash());
    if (!matches || !user.mayLogIn(clock.instant())) {
      throw refusal();
    }
    if (passwords.isOutdated(user.passwordHash())) {
      users.upgradeHash(user.id(), user.passwordHash(), passwords.hash(password));
      return users.find(user.id()).orElseThrow(Authenticator::refusal);
    }
    return user;
  }

  /** The one answer to every login that fails. */
  public static Refusal refusal() {
    return new Refusal(
        Problem.INVALID_CREDENTIALS, "There is no such user, or the password is another.");
  }
}

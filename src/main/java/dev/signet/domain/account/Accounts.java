package dev.signet.domain.account;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.RegistrationSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.credential.PasswordPolicy;
import dev.signet.domain.credential.Passwords;
import dev.signet.domain.guard.Attempt;
import dev.signet.domain.guard.Guard;
import dev.signet.domain.user.EmailAddress;
import dev.signet.domain.user.NewUser;
import dev.signet.domain.user.User;
import dev.signet.domain.user.UserChange;
import dev.signet.domain.user.Username;
import dev.signet.domain.user.Users;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Operations of users on their accounts that need a password hash, which is computed outside
 * transactions.
 */
@Shared
public class Accounts {
  /** Attempts, as another request may take the same name or address concurrently. */
  private static final int ATTEMPTS = 3;

  @Inject private Users users;
  @Inject private Passwords passwords;
  @Inject private PasswordPolicy policy;
  @Inject private RegistrationSettings settings;
  @Inject private Guard guard;
  @Inject private AuditLog audit;

  /**
   * Registers a user. Neither the response nor its time reveals whether a name or an address is
   * taken, unless {@code signet.registration.reveal} permits it.
   *
   * @throws Refusal {@link Problem#WEAK_PASSWORD}, {@link Problem#NAME_TAKEN}, or {@link
   *     Problem#OVERLOADED}
   */
  public User register(Username username, String password, Optional<EmailAddress> email) {
    policy.check("password", password, username, email);
    String hash = passwords.hash(password);
    NewUser account = new NewUser(username, email, hash, Set.of(User.USER), Optional.empty());
    return unrevealed(() -> users.add(account, settings.reveal()));
  }

  /**
   * Changes the caller's own account. The response does not reveal whether an address is taken,
   * unless this is permitted.
   *
   * @throws Refusal {@link Problem#NOT_FOUND}, {@link Problem#NAME_TAKEN}, or {@link
   *     Problem#LAST_ADMINISTRATOR}
   */
  public User changeOwn(String id, UserChange change) {
    return unrevealed(() -> users.update(id, change, settings.reveal()));
  }

  /**
   * Tries again if another request has concurrently taken a name or address, which must not be
   * revealed.
   */
  private User unrevealed(Supplier<User> attempt) {
    for (int left = ATTEMPTS - 1; ; left--) {
      try {
        return attempt.get();
      } catch (Refusal e) {
        if (left == 0 || e.problem() != Problem.NAME_TAKEN || mayTell(e)) {
          throw e;
        }
      }
    }
  }

  private boolean mayTell(Refusal taken) {
    return switch (settings.reveal()) {
      case ALL -> true;
      case NAMES -> taken.errors().stream().anyMatch(error -> error.field().equals("username"));
      case NONE -> false;
    };
  }

  /**
   * Replaces a user's password, which requires the old one. Ends the other sessions. A wrong old
   * password counts for the account as at a login, and while the account is locked for the caller,
   * the correct one is refused with the same response.
   *
   * @param session the current session, which continues
   * @throws Refusal {@link Problem#INVALID_INPUT} for a wrong old password, {@link
   *     Problem#WEAK_PASSWORD}, {@link Problem#NOT_FOUND}, {@link Problem#BLOCKED}, or {@link
   *     Problem#OVERLOADED}
   */
  public void changePassword(
      String id, String oldPassword, String newPassword, Optional<String> session) {
    guard.admit();
    User user =
        users
            .find(id)
            .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "The user does not exist."));
    boolean right = passwords.matches(oldPassword, user.passwordHash());
    boolean locked =
        guard.attempted(new Attempt(Username.key(user.username()), Optional.of(id), right));
    if (locked || !right) {
      throw wrongOldPassword(id, locked ? Reason.LOCKED : Reason.WRONG_PASSWORD);
    }
    policy.check(
        "new_password",
        newPassword,
        Username.parse(user.username()),
        user.email().map(EmailAddress::stored));
    if (passwords.matches(newPassword, user.passwordHash())) {
      throw Refusal.of(Problem.INVALID_INPUT, "new_password", "must differ from the old password");
    }
    String hash = passwords.hash(newPassword);
    if (!users.changePassword(id, user.passwordHash(), hash, session)) {
      // Another request has just changed the password, so the old one is no longer correct.
      throw wrongOldPassword(id, Reason.CHANGED);
    }
    audit.record(SecurityEvent.of(EventType.PASSWORD_CHANGED).subject(id));
  }

  private Refusal wrongOldPassword(String id, Reason reason) {
    audit.record(SecurityEvent.of(EventType.PASSWORD_CHANGE_FAILED, reason).subject(id));
    return Refusal.of(Problem.INVALID_INPUT, "old_password", "is incorrect");
  }
}

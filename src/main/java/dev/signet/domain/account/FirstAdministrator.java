package dev.signet.domain.account;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.credential.PasswordPolicy;
import dev.signet.domain.credential.Passwords;
import dev.signet.domain.user.NewUser;
import dev.signet.domain.user.User;
import dev.signet.domain.user.Username;
import dev.signet.domain.user.Users;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Creates the first administrator. There is no default password: it is configured, or generated and
 * shown once. A generated password expires if its owner does not replace it (ASVS 5.0, 6.4.1); the
 * next start then shows a new one.
 */
@Shared
public class FirstAdministrator {
  public static final String NAME = "admin";
  public static final Duration PASSWORD_LIFETIME = Duration.ofHours(24);

  /** Letters and digits without those that are easily confused. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final int PASSWORD_LENGTH = 20;

  @Inject private Users users;
  @Inject private Passwords passwords;
  @Inject private PasswordPolicy policy;
  @Inject private Settings settings;
  @Inject private Clock clock;
  @Inject private AuditLog audit;

  /**
   * Creates the administrator if no user can log in as one.
   *
   * @return the generated password, to be shown once; empty if there was nothing to generate
   * @throws InvalidSettings when {@code signet.admin.password} is too weak
   */
  public Optional<String> ensure() {
    if (users.hasAdministrator()) {
      return Optional.empty();
    }
    Username name = Username.parse(NAME);
    Optional<String> configured = settings.admin().password();
    configured
        .flatMap(password -> policy.fault(password, name, Optional.empty()))
        .ifPresent(
            fault -> {
              throw new InvalidSettings("signet.admin.password " + fault + ".");
            });
    String password = configured.orElseGet(FirstAdministrator::generate);
    Optional<Instant> end =
        configured.isPresent()
            ? Optional.empty()
            : Optional.of(clock.instant().plus(PASSWORD_LIFETIME));
    boolean made = store(name, passwords.hash(password), end);
    return made && configured.isEmpty() ? Optional.of(password) : Optional.empty();
  }

  private boolean store(Username name, String hash, Optional<Instant> end) {
    Optional<User> expired = users.findByName(NAME).filter(User::isAdministrator);
    if (expired.isPresent()) {
      User user = expired.get();
      boolean replaced = users.replacePassword(user.id(), user.passwordHash(), hash, end);
      if (replaced) {
        audit.record(
            SecurityEvent.of(EventType.PASSWORD_CHANGED)
                .subject(user.id())
                .detail("the first administrator"));
      }
      return replaced;
    }
    try {
      Set<String> groups = Set.of(User.USER, User.ADMIN);
      users.add(new NewUser(name, Optional.empty(), hash, groups, end));
      return true;
    } catch (Refusal e) {
      // Another node has just created it, or an ordinary user has the name.
      if (e.problem() == Problem.NAME_TAKEN && users.hasAdministrator()) {
        return false;
      }
      throw e;
    }
  }

  private static String generate() {
    return new SecureRandom()
        .ints(PASSWORD_LENGTH, 0, ALPHABET.length())
        .mapToObj(index -> String.valueOf(ALPHABET.charAt(index)))
        .collect(Collectors.joining());
  }
}

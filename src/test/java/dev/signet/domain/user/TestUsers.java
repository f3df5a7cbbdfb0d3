package dev.signet.domain.user;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.settings.HashingSettings;
import dev.signet.base.settings.PasswordSettings;
import dev.signet.base.settings.RegistrationSettings.Reveal;
import dev.signet.base.settings.TestSettings;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.account.Accounts;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.credential.PasswordPolicy;
import dev.signet.domain.credential.Passwords;
import dev.signet.domain.database.Store;
import dev.signet.domain.guard.Guard;
import dev.signet.domain.guard.HashingBulkhead;
import dev.signet.domain.guard.TestGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Accounts for tests, and the cheapest hashes that Argon2 allows. */
public final class TestUsers {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** Accepted by every policy of these tests. */
  public static final String GOOD_PASSWORD = "seven otters juggle plums";

  public static final PasswordSettings CHEAP = new PasswordSettings(8, 1, 1, 2);

  /** KiB that hashes may take. */
  static final int MEMORY = 1_024;

  public static final UserChange DISABLED =
      new UserChange(Optional.empty(), Optional.empty(), Optional.of(false));

  private TestUsers() {}

  public static User ada() {
    return user("Ada", "Ada@Example.org", Set.of(User.USER));
  }

  /** Returns a user with a one-time password, who has to replace it. */
  public static User withOneTimePassword() {
    User ada = ada();
    ada.expirePasswordAt(NOW.plus(Duration.ofDays(1)));
    return ada;
  }

  /** Stores another account. */
  public static User add(Store store) {
    String name = "u-" + UUID.randomUUID().toString().substring(1, 13);
    User user = user(name, name + "@example.org", Set.of(User.USER));
    store.inTransaction(
        entities -> {
          entities.persist(user);
          return user;
        });
    return user;
  }

  static User user(String name, String email, Set<String> groups) {
    return new User(Username.parse(name), EmailAddress.parse(email), true, "hash", groups, NOW);
  }

  public static NewUser newUser(String name, String hash, Set<String> groups) {
    return new NewUser(Username.parse(name), Optional.empty(), hash, groups, Optional.empty());
  }

  public static Passwords passwords(PasswordSettings settings) {
    return new Passwords(settings, bulkhead());
  }

  public static Accounts accounts(Users users, Passwords passwords, Reveal reveal) {
    return accounts(users, passwords, reveal, new TestGuard(), new TestAudit());
  }

  public static Accounts accounts(
      Users users, Passwords passwords, Reveal reveal, Guard guard, TestAudit audit) {
    return TestWiring.make(
        Accounts.class,
        users,
        passwords,
        new PasswordPolicy(CHEAP),
        TestSettings.registration(reveal),
        guard,
        audit.log());
  }

  public static HashingBulkhead bulkhead() {
    return TestWiring.make(
        HashingBulkhead.class,
        new HashingSettings(1, 0, Duration.ofSeconds(1), MEMORY),
        new Metrics());
  }
}

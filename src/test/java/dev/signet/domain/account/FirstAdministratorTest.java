package dev.signet.domain.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.Settings;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.credential.PasswordPolicy;
import dev.signet.domain.credential.Passwords;
import dev.signet.domain.user.TestStore;
import dev.signet.domain.user.TestUsers;
import dev.signet.domain.user.User;
import dev.signet.domain.user.Users;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirstAdministratorTest {
  private static final Instant NOW = TestUsers.NOW;
  private static final Instant END = NOW.plus(FirstAdministrator.PASSWORD_LIFETIME);
  private static final Map<String, String> CONFIGURED =
      Map.of("signet.admin.password", TestUsers.GOOD_PASSWORD);

  private final TestAudit audit = new TestAudit();
  private final TestStore store = new TestStore();
  private final Passwords passwords = TestUsers.passwords(TestUsers.CHEAP);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void generatedPasswordOpensTheAccountForADay() {
    String password = start(NOW, Map.of()).orElseThrow();

    User admin = admin();
    assertTrue(passwords.matches(password, admin.passwordHash()));
    assertEquals(Set.of(User.ADMIN, User.USER), admin.groups());
    assertTrue(admin.passwordChangeRequired());
    assertFalse(admin.passwordExpired(END.minusMillis(1)));
    assertTrue(admin.passwordExpired(END));
  }

  @Test
  void administratorThatIsMadeIsRecorded() {
    start(NOW, Map.of());
    start(NOW, Map.of());

    assertEquals(
        List.of(SecurityEvent.of(EventType.REGISTERED).subject(admin().id())), store.events());
  }

  @Test
  void generatedPasswordIsLongRandomAndReadable() {
    String password = start(NOW, Map.of()).orElseThrow();
    String next = start(END, Map.of()).orElseThrow();

    assertTrue(password.matches("[a-zA-Z2-9&&[^ilIOo]]{20}"), password);
    assertNotEquals(password, next);
  }

  @Test
  void configuredPasswordIsNotShownAndDoesNotEnd() {
    assertEquals(Optional.empty(), start(NOW, CONFIGURED));

    assertTrue(passwords.matches(TestUsers.GOOD_PASSWORD, admin().passwordHash()));
    assertFalse(admin().passwordChangeRequired());
  }

  @Test
  void weakConfiguredPasswordStopsTheStartAndIsNotRepeated() {
    InvalidSettings fault =
        assertThrows(
            InvalidSettings.class, () -> start(NOW, Map.of("signet.admin.password", "iloveyou")));

    assertTrue(fault.getMessage().contains("signet.admin.password"), fault.getMessage());
    assertFalse(fault.getMessage().contains("iloveyou"), fault.getMessage());
    assertEquals(Optional.empty(), users(NOW).findByName("admin"));
  }

  @Test
  void thereIsOneFirstAdministrator() {
    start(NOW, Map.of());
    String hash = admin().passwordHash();

    assertEquals(Optional.empty(), start(END.minusMillis(1), Map.of()));
    assertEquals(Optional.empty(), start(END.minusMillis(1), CONFIGURED));
    assertEquals(hash, admin().passwordHash());
  }

  @Test
  void anyEnabledAdministratorWillDo() {
    users(NOW).add(TestUsers.newUser("Root", "hash", Set.of(User.ADMIN)));

    assertEquals(Optional.empty(), start(NOW, Map.of()));
    assertEquals(Optional.empty(), users(NOW).findByName("admin"));
  }

  @Test
  void disabledAdministratorWillNotDo() {
    User root = users(NOW).add(TestUsers.newUser("Root", "hash", Set.of(User.ADMIN)));
    root.enable(false);

    assertTrue(start(NOW, Map.of()).isPresent());
  }

  /** A group that merely begins or ends like it. */
  @Test
  void memberOfAnAlikeGroupWillNotDo() {
    users(NOW).add(TestUsers.newUser("Root", "hash", Set.of("admins", "sub-admin", "ADMIN")));

    assertTrue(start(NOW, Map.of()).isPresent());
  }

  @Test
  void passwordThatEndedUnusedIsReplacedAtTheNextStart() {
    String first = start(NOW, Map.of()).orElseThrow();
    String id = admin().id();

    String second = start(END, Map.of()).orElseThrow();

    User admin = admin();
    assertEquals(id, admin.id());
    assertTrue(passwords.matches(second, admin.passwordHash()));
    assertFalse(passwords.matches(first, admin.passwordHash()));
    assertFalse(admin.passwordExpired(END.plusSeconds(1)));
  }

  private Optional<String> start(Instant now, Map<String, String> settings) {
    return TestWiring.make(
            FirstAdministrator.class,
            users(now),
            passwords,
            new PasswordPolicy(TestUsers.CHEAP),
            Settings.read(key -> Optional.ofNullable(settings.get(key))),
            Clock.fixed(now, ZoneOffset.UTC),
            audit.log())
        .ensure();
  }

  private Users users(Instant now) {
    return store.users(Clock.fixed(now, ZoneOffset.UTC));
  }

  private User admin() {
    return store.reloaded(users(NOW).findByName("admin").orElseThrow());
  }
}

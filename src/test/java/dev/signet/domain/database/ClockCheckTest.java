package dev.signet.domain.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.Settings;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.wiring.TestWiring;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
  private final Clock real = Clock.systemUTC();
  private final TestNodeClock node = new TestNodeClock(real.instant());
  private final JdbcDataSource h2 = new JdbcDataSource();
  private long ticks;
  private final DatabaseClock clock = new DatabaseClock(node, () -> ticks);

  @BeforeEach
  void connect() {
    h2.setURL("jdbc:h2:mem:");
  }

  @Test
  void clockThatIsRightPasses() {
    ClockCheck check = check(Map.of());

    check.start();

    assertFalse(check.isAstray());
    assertFalse(check.warn());
  }

  @Test
  void nodeWhoseClockIsWrongIsToldApartAndFollowsTheDatabase() {
    setAhead(Duration.ofHours(1));
    ClockCheck check = check(Map.of());

    assertDoesNotThrow(check::start);

    assertTrue(check.isAstray());
    assertNear(real.instant(), clock.instant());
    assertTrue(check.difference().contains(" s ahead of the clock"), check.difference());

    setAhead(Duration.ZERO);
    assertFalse(check.isAstray());
  }

  @Test
  void nodeWhoseClockIsBehindIsToldApartToo() {
    setAhead(Duration.ofMinutes(-2));
    ClockCheck check = check(Map.of());

    check.start();

    assertTrue(check.isAstray());
    assertTrue(check.difference().contains(" s behind the clock"), check.difference());
  }

  @Test
  void differenceWithinTheSkewPasses() {
    setAhead(Duration.ofSeconds(50));
    ClockCheck check = check(Map.of("signet.token.skew", "PT60S"));

    check.start();

    assertFalse(check.isAstray());
  }

  @Test
  void productionDoesNotStartWithAWrongClock() {
    setAhead(Duration.ofMinutes(2));
    ClockCheck check =
        check(
            Map.of(
                "signet.production", "true",
                "signet.issuer", "https://id.example.org",
                "signet.database.url", "jdbc:postgresql://db/signet",
                "signet.keys.private.file", "key.pem"));

    InvalidSettings refusal = assertThrows(InvalidSettings.class, check::start);

    assertTrue(refusal.getMessage().startsWith("signet.production"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("signet.token.skew"), refusal.getMessage());
  }

  @Test
  void wrongClockIsSaidOnceAMinute() {
    setAhead(Duration.ofHours(1));
    ClockCheck check = check(Map.of());
    assertTrue(check.warn());
    for (int second = 0; second < 59; second++) {
      ticks += Duration.ofSeconds(1).toNanos();
      assertFalse(check.warn());
    }
    ticks += Duration.ofSeconds(1).toNanos();
    assertTrue(check.warn());

    setAhead(Duration.ofMinutes(1));
    assertFalse(check.warn());
    setAhead(Duration.ofHours(2));
    assertTrue(check.warn());
  }

  private ClockCheck check(Map<String, String> changes) {
    Settings settings = Settings.read(key -> Optional.ofNullable(changes.get(key)));
    return new ClockCheck(TestWiring.make(Database.class, h2), clock, settings);
  }

  private void setAhead(Duration time) {
    node.set(real.instant().plus(time));
  }

  private static void assertNear(Instant expected, Instant actual) {
    Duration apart = Duration.between(expected, actual).abs();
    assertTrue(apart.compareTo(Duration.ofSeconds(5)) < 0, apart::toString);
  }
}

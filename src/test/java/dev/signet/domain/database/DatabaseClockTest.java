package dev.signet.domain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration EXACT = Duration.ZERO;

  private final TestNodeClock node = new TestNodeClock(NOW);
  private long ticks;
  private final DatabaseClock clock = new DatabaseClock(node, () -> ticks);

  @Test
  void beginsWithTheTimeOfTheMachine() {
    assertEquals(NOW, clock.instant());
    assertEquals(Duration.ZERO, clock.ahead());
  }

  @Test
  void followsTheDatabaseForwardsAndBackwards() {
    clock.follow(NOW.plus(1, ChronoUnit.HOURS), EXACT);
    assertEquals(NOW.plus(1, ChronoUnit.HOURS), clock.instant());
    assertEquals(Duration.ofHours(-1), clock.ahead());

    clock.follow(NOW.minus(1, ChronoUnit.HOURS), EXACT);
    assertEquals(NOW.minus(1, ChronoUnit.HOURS), clock.instant());
    assertEquals(Duration.ofHours(1), clock.ahead());
  }

  @Test
  void countsOnWhileTheDatabaseIsAway() {
    clock.follow(NOW.plusSeconds(60), EXACT);
    ticks += Duration.ofDays(2).toNanos();

    assertEquals(NOW.plusSeconds(60).plus(2, ChronoUnit.DAYS), clock.instant());
  }

  @Test
  void stepOfTheMachinesClockChangesNothing() {
    node.set(NOW.plus(365, ChronoUnit.DAYS));

    assertEquals(NOW, clock.instant());
    assertEquals(Duration.ofDays(365), clock.ahead());
  }

  @Test
  void differenceWithinTheErrorOfTheMeasurementIsIgnored() {
    clock.follow(NOW.plusMillis(100), EXACT);
    assertEquals(NOW, clock.instant());

    clock.follow(NOW.minusMillis(1_100), Duration.ofSeconds(1));
    assertEquals(NOW, clock.instant());

    clock.follow(NOW.plusMillis(101), EXACT);
    assertEquals(NOW.plusMillis(101), clock.instant());
  }
}

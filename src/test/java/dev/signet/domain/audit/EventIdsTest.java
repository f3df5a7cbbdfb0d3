package dev.signet.domain.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

  private final EventIds ids = new EventIds();

  @Test
  void identifierIsAUuidOfVersionSevenWithItsTime() {
    String id = ids.next(NOW);
    UUID uuid = UUID.fromString(id);

    assertEquals(id, uuid.toString());
    assertEquals(7, uuid.version());
    assertEquals(2, uuid.variant());
    assertEquals(NOW, EventIds.time(id));
  }

  /** More than fit the counter of one millisecond, and while the clock is set back a little. */
  @Test
  void identifiersGrowAndDiffer() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      made.add(ids.next(NOW.minusMillis(i / 100)));
    }

    assertEquals(made.stream().sorted().toList(), made);
    assertEquals(made.size(), new HashSet<>(made).size());
  }

  @Test
  void clockThatWasSetFarBackIsBelieved() {
    ids.next(NOW);

    assertEquals(NOW.minusSeconds(60), EventIds.time(ids.next(NOW.minusSeconds(60))));
  }

  @Test
  void firstOfATimeIsBetweenWhatCameBeforeAndAfter() {
    String before = ids.next(NOW.minusMillis(1));
    String then = ids.next(NOW);

    assertTrue(before.compareTo(EventIds.first(NOW)) < 0);
    assertTrue(then.compareTo(EventIds.first(NOW)) >= 0);
    assertTrue(then.compareTo(EventIds.first(NOW.plusNanos(1))) < 0);
    assertEquals("00000000-0000-7000-8000-000000000000", EventIds.first(Instant.MIN));
    assertEquals("ffffffff-ffff-7000-8000-000000000000", EventIds.first(Instant.MAX));
  }
}

package dev.signet.domain.audit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.AuditSettings;
import dev.signet.base.settings.TestClock;
import dev.signet.base.settings.reading.InvalidSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {
  private static final int CAPACITY = 1_200;

  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00.123456Z"));
  private final List<String> lines = new ArrayList<>();

  /** The batches that the database took; each in a transaction of its own. */
  private final List<List<AuditRecord>> stored = new ArrayList<>();

  /** The first record of each batch that it was asked to take. */
  private final List<String> asked = new ArrayList<>();

  private long nanos;
  private boolean away;
  private final AuditLog log =
      new AuditLog(
          new AuditSettings(CAPACITY, Duration.ofDays(365)),
          clock,
          () -> nanos,
          batch -> {
            asked.add(batch.get(0).id());
            if (away) {
              throw new IllegalStateException("away");
            }
            stored.add(batch);
          },
          lines::add,
          new Metrics());

  @AfterEach
  void leave() {
    Origin.leave();
  }

  @Test
  void routineIsRecordedOnceAMinuteForEachClientAndSourceAlsoWhenTheClockIsSetBack() {
    SecurityEvent event = SecurityEvent.of(EventType.TOKEN_ISSUED).client("app");
    log.recordRoutine(event.detail("jti 1"));
    nanos += Duration.ofSeconds(59).toNanos();
    log.recordRoutine(event.detail("jti 2"));
    log.recordRoutine(event.client("other").detail("jti 3"));
    new Origin(Optional.of(new Source("192.0.2.1")), "", "c1", Optional::empty).enter();
    log.recordRoutine(event.detail("jti 4"));
    Origin.leave();
    clock.advance(Duration.ofHours(-1));
    nanos += Duration.ofSeconds(1).toNanos();
    log.recordRoutine(event.detail("jti 5"));

    assertEquals(
        List.of("jti 1", "jti 3", "jti 4", "jti 5"),
        stored().stream().map(record -> record.detail().orElseThrow()).toList());
  }

  @Test
  void eventIsStampedWithItsTimeAndOrigin() {
    new Origin(Optional.of(new Source("192.0.2.1")), "", "c1", () -> Optional.of("admin")).enter();

    log.record(
        SecurityEvent.of(EventType.LOGIN_FAILED, Reason.DISABLED)
            .subject("ada")
            .client("app")
            .detail("d"));

    AuditRecord record = stored().get(0);
    assertEquals(
        new AuditRecord(
            record.id(),
            Instant.parse("2026-03-01T12:00:00.123Z"),
            "login_failed",
            "failure",
            Optional.of("disabled"),
            Optional.of("admin"),
            Optional.of("ada"),
            Optional.of("app"),
            Optional.of("192.0.2.1"),
            "c1",
            Optional.of("d")),
        record);
  }

  @Test
  void eventIsInTheLogWhenRecordReturns() {
    log.record(SecurityEvent.of(EventType.STARTED));

    assertEquals(1, lines.size());
    assertTrue(
        lines.get(0).startsWith("time=2026-03-01T12:00:00.123Z event=started "), lines::toString);
    assertEquals(List.of(), stored);
  }

  @Test
  void recordsAreStoredInOrderAndInBatches() {
    List<String> subjects = record(CAPACITY);

    assertEquals(subjects, subjects(stored()));
    assertEquals(List.of(500, 500, 200), stored.stream().map(List::size).toList());
  }

  @Test
  void batchThatFailedIsRepeatedUntilItIsStored() {
    List<String> subjects = record(3);
    away = true;
    assertThrows(IllegalStateException.class, log::store);
    assertThrows(IllegalStateException.class, log::store);
    away = false;
    record(1);

    assertEquals(subjects, subjects(stored()).subList(0, 3));
    assertEquals(3, stored.get(0).size());
    assertEquals(1, stored.get(1).size());
    assertEquals(List.of(asked.get(0), asked.get(0)), asked.subList(1, 3));
  }

  @Test
  void storingEndsWhileNewRecordsComeIn() {
    AuditLog[] busy = new AuditLog[1];
    busy[0] =
        new AuditLog(
            new AuditSettings(CAPACITY, Duration.ofDays(365)),
            clock,
            () -> nanos,
            batch -> batch.forEach(record -> busy[0].record(SecurityEvent.of(EventType.STARTED))),
            line -> {},
            new Metrics());
    busy[0].record(SecurityEvent.of(EventType.STARTED));

    busy[0].store();

    assertEquals(1, busy[0].waiting());
  }

  @Test
  void newWorkIsRefusedWhileMoreThanHalfTheQueueWaits() {
    record(CAPACITY / 2);
    assertDoesNotThrow(log::admit);
    record(1);

    Refusal refusal = assertThrows(Refusal.class, log::admit);
    assertEquals(Problem.OVERLOADED, refusal.problem());
    assertTrue(refusal.retryAfter().isPresent());

    log.store();
    assertDoesNotThrow(log::admit);
  }

  @Test
  void whatDoesNotFitIsInTheLogAndCountedInOneRecord() {
    away = true;
    record(CAPACITY + 7);
    assertThrows(IllegalStateException.class, log::store); // Takes a batch out of the queue.
    record(500 + 4);
    assertEquals(
        CAPACITY + 7 + 500 + 4,
        lines.stream().filter(line -> line.contains(" event=logged_in ")).count());
    away = false;

    List<AuditRecord> records = stored();
    List<AuditRecord> gaps =
        records.stream().filter(record -> record.type().equals("audit_gap")).toList();
    assertEquals(CAPACITY + 500 + gaps.size(), records.size());
    assertEquals(
        List.of(
            "7 events could not be stored and are only in the server log",
            "4 events could not be stored and are only in the server log"),
        gaps.stream().map(gap -> gap.detail().orElseThrow()).toList());
    assertEquals(0, log.waiting());
  }

  /** One record that the database refuses would hold up all others. */
  @Test
  void everyTextFitsTheTable() {
    log.record(
        SecurityEvent.of(EventType.STARTED)
            .subject("s".repeat(65))
            .client("a\0b\ud800c")
            .detail("<\r\n>" + "d".repeat(4_000)));

    AuditRecord record = stored().get(0);
    assertEquals(Optional.of("s".repeat(64)), record.subject());
    assertEquals(Optional.of("a\ufffdb\ufffdc"), record.client());
    assertTrue(record.detail().orElseThrow().startsWith("<\r\n>"));
    assertEquals(4_000, record.detail().orElseThrow().length());
  }

  @Test
  void nameThatNobodyHasIsNotKept() {
    assertEquals(Optional.of("vi...(22)"), tried("violet-harbor-quiet-71"));
    assertEquals(Optional.of("...(5)"), tried("admin"));
    assertEquals(Optional.of("...(0)"), tried(""));
  }

  @Test
  void refusedConfigurationIsALineLikeAnyOther() {
    String line =
        new RefusedConfiguration(clock).line(new InvalidSettings("signet.issuer must be a URL."));

    assertTrue(line.contains(" event=configuration_refused outcome=failure "), line);
    assertTrue(line.endsWith(" detail=\"signet.issuer must be a URL.\""), line);
  }

  private static Optional<String> tried(String name) {
    return SecurityEvent.of(EventType.LOGIN_FAILED, Reason.UNKNOWN_USER).triedName(name).subject();
  }

  /** Records that many events, and returns their subjects. */
  private List<String> record(int count) {
    List<String> subjects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      subjects.add("s" + lines.size());
      log.record(SecurityEvent.of(EventType.LOGGED_IN).subject("s" + lines.size()));
    }
    return subjects;
  }

  private List<AuditRecord> stored() {
    do {
      log.store();
    } while (log.waiting() > 0);
    return stored.stream().flatMap(List::stream).toList();
  }

  private static List<String> subjects(List<AuditRecord> records) {
    return records.stream().map(record -> record.subject().orElseThrow()).toList();
  }
}

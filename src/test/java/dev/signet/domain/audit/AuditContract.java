package dev.signet.domain.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.paging.Page;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.AuditSettings;
import dev.signet.base.settings.TestClock;
import dev.signet.domain.database.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link AuditTrail} promises on every database; each runs it in {@code persistence}. */
class AuditContract extends StoreContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final AuditSettings SETTINGS = new AuditSettings(100, Duration.ofDays(30));

  private final TestClock clock = new TestClock(NOW);
  private final EventIds ids = new EventIds();

  @AfterEach
  void forget() {
    store()
        .inTransaction(entities -> entities.createNativeQuery("delete from audit").executeUpdate());
  }

  @Test
  void storedRecordComesBackAsItWas() {
    AuditRecord full =
        new AuditRecord(
            ids.next(NOW),
            Instant.parse("2026-03-01T12:00:00.123Z"),
            "login_failed",
            "failure",
            Optional.of("disabled"),
            Optional.of("admin"),
            Optional.of("<b>\r\n'; drop table audit; \u260e"),
            Optional.of("app"),
            Optional.of("2001:db8:0:0:0:0:0:0/64"),
            "c1",
            Optional.of("d".repeat(4_000)));
    AuditRecord bare = event("started", null, null);
    store(List.of(full, bare));

    assertEquals(List.of(bare, full), list(query().limit("2")).items());
  }

  @Test
  void batchThatIsRepeatedIsStoredOnce() {
    List<AuditRecord> batch = events(500);
    store(batch.subList(0, 3));
    List<AuditRecord> outOfOrder = new ArrayList<>(batch);
    Collections.shuffle(outOfOrder);
    store(outOfOrder);
    store(batch);

    assertEquals(reversed(batch), all(query()));
  }

  @Test
  void batchIsStoredAsAWholeOrNotAtAll() {
    AuditRecord good = event("started", null, null);
    AuditRecord tooLong =
        new AuditRecord(
            ids.next(NOW),
            NOW,
            "t".repeat(33),
            "success",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "c",
            Optional.empty());

    assertThrows(RuntimeException.class, () -> store(List.of(good, tooLong)));

    assertEquals(List.of(), all(query()));
  }

  @Test
  void pagesAreTheList() {
    List<AuditRecord> records = events(7);
    store(records);
    List<AuditRecord> paged = new ArrayList<>();
    Optional<String> next = Optional.empty();
    int pages = 0;
    do {
      Page<AuditRecord> page = list(query().limit("3").after(next.orElse(null)));
      paged.addAll(page.items());
      next = page.next();
      pages++;
    } while (next.isPresent());

    assertEquals(reversed(records), paged);
    assertEquals(3, pages);
  }

  @Test
  void filtersCombine() {
    AuditRecord failed = event("login_failed", "ada", "192.0.2.1");
    AuditRecord elsewhere = event("login_failed", "ada", "192.0.2.2");
    AuditRecord bobs = event("login_failed", "bob", "192.0.2.1");
    AuditRecord in = event("logged_in", "ada", "192.0.2.1");
    store(List.of(failed, elsewhere, bobs, in));

    assertEquals(List.of(bobs, elsewhere, failed), all(query().type("login_failed")));
    assertEquals(List.of(in, elsewhere, failed), all(query().subject("ada")));
    assertEquals(List.of(in, bobs, failed), all(query().source("192.0.2.1")));
    assertEquals(
        List.of(failed), all(query().type("login_failed").subject("ada").source("192.0.2.1")));
    assertEquals(List.of(), all(query().subject("ADA")));
    assertEquals(List.of(), all(query().source("192.0.2.%")));
  }

  @Test
  void timesBoundTheList() {
    AuditRecord early = event("started", null, null);
    clock.advance(Duration.ofMillis(1));
    AuditRecord middle = event("started", null, null);
    clock.advance(Duration.ofMillis(1));
    AuditRecord late = event("started", null, null);
    store(List.of(early, middle, late));

    assertEquals(List.of(late, middle), all(query().from("2026-03-01T12:00:00.124Z")));
    assertEquals(List.of(early), all(query().to("2026-03-01T13:00:00.124+01:00")));
    assertEquals(
        List.of(middle),
        all(query().from("2026-03-01T12:00:00.1231Z").to("2026-03-01T12:00:00.1241Z")));
    assertEquals(3, all(query().from("-999999999-01-01T00:00:00Z")).size());
    assertEquals(3, all(query().to("+999999999-01-01T00:00:00Z")).size());
  }

  @ParameterizedTest
  @CsvSource({
    "type, nothing",
    "type, LOGGED_IN",
    "subject, ''",
    "source, 12345678901234567890123456789012345678901234567890123456789012345",
    "from, yesterday",
    "to, 2026-03-01",
    "limit, 101",
    "after, x",
  })
  void wrongParameterIsRefusedByName(String name, String value) {
    Query query = query();
    query
            .values[
            List.of("type", "subject", "source", "from", "to", "limit", "after").indexOf(name)] =
        value;

    Refusal refusal = assertThrows(Refusal.class, query::checked);

    assertEquals(Problem.INVALID_INPUT, refusal.problem());
    assertEquals(name, refusal.errors().get(0).field());
  }

  @Test
  void nulInAFilterIsRefused() {
    assertThrows(Refusal.class, query().subject("a\0")::checked);
  }

  @Test
  void recordsAreKeptForTheirTimeAndDeletedInBatches() {
    store(events(1_001));
    clock.advance(SETTINGS.retention().minusMillis(1));
    AuditRecord young = event("started", null, null);
    store(List.of(young));

    assertFalse(purge(), "nothing is old enough yet");
    clock.advance(Duration.ofMillis(1));
    assertTrue(purge(), "there may be more");
    assertFalse(purge());

    assertEquals(List.of(young), all(query()));
  }

  private List<AuditRecord> events(int count) {
    List<AuditRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(event("logged_in", "ada", "192.0.2.1"));
    }
    return records;
  }

  private AuditRecord event(String type, String subject, String source) {
    String id = ids.next(clock.instant());
    return new AuditRecord(
        id,
        EventIds.time(id),
        type,
        "success",
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(subject),
        Optional.empty(),
        Optional.ofNullable(source),
        "c",
        Optional.empty());
  }

  private void store(List<AuditRecord> records) {
    change(trail -> trail.store(records));
  }

  private Page<AuditRecord> list(Query query) {
    return inTransaction(trail -> trail.list(query.checked()));
  }

  private List<AuditRecord> all(Query query) {
    return inTransaction(trail -> trail.list(query.checked().inPartsOf(10_000))).items();
  }

  private boolean purge() {
    return inTransaction(AuditTrail::deleteBatch);
  }

  private void change(Consumer<AuditTrail> work) {
    inTransaction(
        trail -> {
          work.accept(trail);
          return null;
        });
  }

  private <T> T inTransaction(Function<AuditTrail, T> work) {
    return store().inTransaction(entities -> work.apply(new AuditTrail(entities, SETTINGS, clock)));
  }

  private static List<AuditRecord> reversed(List<AuditRecord> records) {
    List<AuditRecord> reversed = new ArrayList<>(records);
    Collections.reverse(reversed);
    return reversed;
  }

  private static Query query() {
    return new Query();
  }

  /** The parameters of a request. */
  private static final class Query {
    private final String[] values = {null, null, null, null, null, "20", null};

    Query type(String value) {
      return set(0, value);
    }

    Query subject(String value) {
      return set(1, value);
    }

    Query source(String value) {
      return set(2, value);
    }

    Query from(String value) {
      return set(3, value);
    }

    Query to(String value) {
      return set(4, value);
    }

    Query limit(String value) {
      return set(5, value);
    }

    Query after(String value) {
      return set(6, value);
    }

    AuditQuery checked() {
      return AuditQuery.of(
          values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }

    private Query set(int index, String value) {
      values[index] = value;
      return this;
    }
  }
}

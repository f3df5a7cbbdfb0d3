package dev.signet.domain.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.signet.base.metrics.Metrics;
import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.AuditSettings;
import dev.signet.base.wiring.Shared;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Records security events. When {@link #record} returns, the event is in the log; it is in the
 * database within a second, as long as the database works. A node that is killed loses at most the
 * last second of the table, and nothing of the log. No request waits for the database.
 *
 * <p>The queue of records is bounded. While it is more than half full, {@link #admit} refuses new
 * work, so that the other half is available for work in progress. Events that do not fit are
 * counted, and the count is recorded when the database is back: nothing is lost silently.
 */
@Shared
public class AuditLog {
  /** The logger of all security events. */
  static final String LOGGER = "dev.signet.audit";

  private static final Logger LOG = System.getLogger(LOGGER);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** The maximum number of records in one transaction. */
  private static final int BATCH = 500;

  private static final Duration ROUTINE = Duration.ofMinutes(1);
  private static final int MOST_ROUTINES = 10_000;

  private final Clock clock;
  private final Consumer<List<AuditRecord>> table;
  private final Consumer<String> log;
  private final Metrics metrics;
  private final BlockingQueue<AuditRecord> queue;
  private final int capacity;
  private final EventIds ids = new EventIds();
  private final AtomicLong missing = new AtomicLong();
  private final Cache<Routine, Boolean> recent;

  /** The key of a routine event, which a client repeats. */
  private record Routine(EventType type, Optional<String> client, Optional<Source> source) {}

  /** The records that are being stored, which stay the same until this succeeds. */
  private final List<AuditRecord> batch = new ArrayList<>();

  @Inject
  AuditLog(AuditSettings settings, Clock clock, AuditTrail trail, Metrics metrics) {
    // The monotonic clock: if the wall clock was set back, a routine event would not be recorded
    // for a long time.
    this(
        settings,
        clock,
        Ticker.systemTicker(),
        trail::store,
        line -> LOG.log(Level.INFO, line),
        metrics);
  }

  /**
   * For tests of the queue.
   *
   * @param table stores a whole batch, or throws an exception and stores none
   * @param log receives the lines
   */
  AuditLog(
      AuditSettings settings,
      Clock clock,
      Ticker ticker,
      Consumer<List<AuditRecord>> table,
      Consumer<String> log,
      Metrics metrics) {
    this.clock = clock;
    this.table = table;
    this.log = log;
    this.metrics = metrics;
    capacity = settings.queue();
    queue = new ArrayBlockingQueue<>(capacity);
    recent =
        Caffeine.newBuilder()
            .maximumSize(MOST_ROUTINES)
            .expireAfterWrite(ROUTINE)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
    metrics.gauge("signet_audit_queue", "Security events waiting to be stored", queue::size);
  }

  /**
   * Call this before work that will be recorded.
   *
   * @throws Refusal {@link Problem#OVERLOADED} while the queue is more than half full
   */
  public void admit() {
    if (queue.size() > capacity / 2) {
      throw Refusal.retryAfter(
          Problem.OVERLOADED, "The audit log is overloaded. Try again shortly.", RETRY_AFTER);
    }
  }

  /**
   * Records an event of the current work ({@link Origin}): a failure when it is detected, a success
   * after its transaction.
   */
  public void record(SecurityEvent event) {
    AuditRecord record = stamp(event);
    metrics.event(record.type(), record.outcome(), record.reason().orElse("none"));
    log.accept(AuditLine.of(record));
    if (!queue.offer(record)) {
      missing.incrementAndGet();
    }
  }

  /**
   * Records a success that programs repeat all day, once a minute for each client and source. This
   * preserves who was active, from where and when, and a request that writes nothing else causes no
   * write.
   */
  public void recordRoutine(SecurityEvent event) {
    Routine routine = new Routine(event.type(), event.client(), Origin.current().source());
    if (recent.asMap().putIfAbsent(routine, true) == null) {
      record(event);
    }
  }

  /** Records an event of the current transaction after its commit. */
  void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) SecurityEvent event) {
    record(event);
  }

  /**
   * Stores the waiting records in the order of recording. Call it several times a second, from one
   * thread at a time. It stops at the first failure; the next call continues there.
   */
  public void store() {
    // At most as many as fit in the queue, so that it ends even while new records arrive.
    for (int batches = 0; batches <= capacity / BATCH && fill(); batches++) {
      table.accept(List.copyOf(batch));
      batch.clear();
    }
  }

  /** Returns the number of records that wait to be stored. */
  int waiting() {
    return queue.size();
  }

  private boolean fill() {
    if (batch.isEmpty()) {
      queue.drainTo(batch, BATCH);
      long lost = missing.getAndSet(0);
      if (lost > 0) {
        batch.add(gap(lost));
      }
    }
    return !batch.isEmpty();
  }

  private AuditRecord gap(long lost) {
    AuditRecord gap =
        stamp(
            SecurityEvent.of(EventType.AUDIT_GAP)
                .detail(lost + " events could not be stored and are only in the server log"));
    log.accept(AuditLine.of(gap));
    return gap;
  }

  private AuditRecord stamp(SecurityEvent event) {
    return AuditRecord.of(ids.next(clock.instant()), event, Origin.current());
  }
}

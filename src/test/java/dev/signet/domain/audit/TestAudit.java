package dev.signet.domain.audit;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signet.base.metrics.Metrics;
import dev.signet.base.settings.AuditSettings;
import dev.signet.base.settings.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An audit log whose table is a list. */
public final class TestAudit {
  private final List<AuditRecord> records = new ArrayList<>();
  private final AuditLog log =
      new AuditLog(
          new AuditSettings(10_000, Duration.ofDays(365)),
          new TestClock(Instant.parse("2026-03-01T12:00:00.123Z")),
          Ticker.systemTicker(),
          records::addAll,
          line -> {},
          new Metrics());

  /** A log that only tells what it is told. */
  public static AuditLog telling(Consumer<SecurityEvent> listener) {
    return new AuditLog(
        new AuditSettings(100, Duration.ofDays(1)),
        new TestClock(Instant.EPOCH),
        Ticker.systemTicker(),
        batch -> {},
        line -> {},
        new Metrics()) {
      @Override
      public void record(SecurityEvent event) {
        listener.accept(event);
      }
    };
  }

  public AuditLog log() {
    return log;
  }

  /** Of each record, what happened, why, and to whom. */
  public List<String> lines() {
    log.store();
    return records.stream()
        .map(
            record ->
                record.type()
                    + " "
                    + record.reason().orElse("-")
                    + " "
                    + record.subject().orElse("-"))
        .toList();
  }
}

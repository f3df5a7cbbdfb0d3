package dev.signet.domain.guard;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signet.base.settings.LimitSettings;
import dev.signet.base.settings.value.Limit;
import dev.signet.base.settings.value.Network;
import dev.signet.base.settings.value.Rate;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.audit.TestAudit;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Limits of one node, whose time stands still unless it is told to go on. */
public final class TestLimits {
  private final List<SecurityEvent> events = new ArrayList<>();
  private final RateLimits limits;
  private long nanos;

  private TestLimits(LimitSettings settings, SharedBuckets shared, Ticker ticker) {
    AuditLog audit = TestAudit.telling(events::add);
    limits = new RateLimits(settings, shared, audit, ticker == null ? () -> nanos : ticker);
  }

  /** Just the limits, of a node that counts for itself. */
  public static RateLimits of(Map<Limit, Rate> rates) {
    return node(rates).limits();
  }

  /** A node that counts for itself. */
  static TestLimits node(Map<Limit, Rate> rates, String... allowed) {
    List<Network> networks = List.of(allowed).stream().map(Network::parse).toList();
    return new TestLimits(new LimitSettings(rates, networks, false), new SharedBuckets(), null);
  }

  /** A node that counts together with all others on a database. */
  static TestLimits node(Map<Limit, Rate> rates, DataSource database) {
    SharedBuckets shared = TestWiring.make(SharedBuckets.class, database, Clock.systemUTC());
    // How long a database may take is another question.
    shared.prepare(Duration.ofSeconds(30));
    return new TestLimits(new LimitSettings(rates, List.of(), true), shared, Ticker.systemTicker());
  }

  RateLimits limits() {
    return limits;
  }

  /** What was recorded. */
  List<SecurityEvent> events() {
    return events;
  }

  void advance(Duration time) {
    nanos += time.toNanos();
  }
}

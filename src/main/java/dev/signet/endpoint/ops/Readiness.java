package dev.signet.endpoint.ops;

import dev.signet.base.wiring.Shared;
import dev.signet.domain.database.ClockCheck;
import dev.signet.domain.database.Database;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether requests can be served: the database takes writes, and the clock of this node is right.
 * Asks the database at most once a second, however many probes ask.
 */
@Shared
class Readiness {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private record Answer(boolean ready, Instant at) {}

  private final Database database;
  private final ClockCheck clocks;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Answer last = new Answer(false, Instant.EPOCH);

  @Inject
  Readiness(Database database, ClockCheck clocks, Clock clock) {
    this.database = database;
    this.clocks = clocks;
    this.clock = clock;
  }

  boolean isReady() {
    Answer known = last;
    Duration age = Duration.between(known.at(), clock.instant());
    // The clock steps back when the database's does.
    boolean stale = age.isNegative() || age.compareTo(FRESH) >= 0;
    // While one probe asks a slow database, the others repeat what was true before.
    if (stale && asking.tryLock()) {
      try {
        known = new Answer(database.takesWrites(), clock.instant());
        last = known;
      } finally {
        asking.unlock();
      }
    }
    return known.ready() && !clocks.isAstray();
  }
}

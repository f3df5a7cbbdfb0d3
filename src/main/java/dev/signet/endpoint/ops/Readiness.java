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
 * Whether requests can be served: the database accepts writes, and the clock of this node is
 * correct. Checks the database at most once a second, regardless of the number of probes.
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
    // The clock can step back together with that of the database.
    boolean stale = age.isNegative() || age.compareTo(FRESH) >= 0;
    // While one probe waits for a slow database, the others return the previous result.
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

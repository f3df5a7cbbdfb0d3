package dev.signet.ops;

import dev.signet.database.Database;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** Asks the database at most once a second, however many probes ask. */
@Shared
class Readiness {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private record Answer(boolean ready, Instant at) {}

  private final Database database;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Answer last = new Answer(false, Instant.EPOCH);

  @Inject
  Readiness(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  boolean isReady() {
    Answer known = last;
    boolean stale = !clock.instant().isBefore(known.at().plus(FRESH));
    // While one probe asks a slow database, the others repeat what was true before.
    if (stale && asking.tryLock()) {
      try {
        known = new Answer(database.answers(), clock.instant());
        last = known;
      } finally {
        asking.unlock();
      }
    }
    return known.ready();
  }
}

package dev.signet.domain.database;

import dev.signet.base.settings.Settings;
import dev.signet.base.wiring.TestWiring;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Clocks of nodes on a database. */
public final class TestClocks {
  private TestClocks() {}

  /** The clock of a node that follows a database, while the clock of its machine is ahead. */
  public static Clock ofNodeAhead(Store store, Duration ahead) {
    Instant real = Clock.systemUTC().instant();
    DatabaseClock clock = new DatabaseClock(new TestNodeClock(real.plus(ahead)));
    Database database = TestWiring.make(Database.class, store.database());
    Settings settings = Settings.read(key -> Optional.empty());
    new ClockCheck(database, clock, settings).follow();
    return clock;
  }
}

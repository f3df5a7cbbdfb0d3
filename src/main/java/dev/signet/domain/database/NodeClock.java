package dev.signet.domain.database;

import dev.signet.base.wiring.Shared;
import java.time.Clock;
import java.time.Instant;

/** The clock of this machine. Only {@link DatabaseClock} reads it; a test may replace it. */
@Shared
public class NodeClock {
  private final Clock system = Clock.systemUTC();

  public Instant instant() {
    return system.instant();
  }
}

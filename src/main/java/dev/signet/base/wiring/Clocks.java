package dev.signet.base.wiring;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Reads a clock with the precision of stored times: milliseconds. */
public final class Clocks {
  private Clocks() {}

  public static Instant now(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Returns the time in the type of entities. */
  public static OffsetDateTime utc(Clock clock) {
    return now(clock).atOffset(ZoneOffset.UTC);
  }
}

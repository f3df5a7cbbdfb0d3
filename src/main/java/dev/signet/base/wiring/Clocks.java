package dev.signet.base.wiring;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Reads a clock to the millisecond: as times are stored and shown. */
public final class Clocks {
  private Clocks() {}

  public static Instant now(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** As entities store it. */
  public static OffsetDateTime utc(Clock clock) {
    return now(clock).atOffset(ZoneOffset.UTC);
  }
}

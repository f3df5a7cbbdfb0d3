package dev.signet.domain.database;

import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The time of the database, so that all nodes agree on what has expired. It is set from the
 * database and advances with the monotonic clock of the machine, so that neither a step of this
 * machine's clock nor an unavailable database affects it. Until it is first set, it uses the clock
 * of this machine.
 */
@Shared
public class DatabaseClock extends Clock {
  /** Smaller differences are ignored: the measurement is not more exact. */
  private static final Duration TOLERANCE = Duration.ofMillis(100);

  private final NodeClock node;
  private final LongSupplier ticker;
  private volatile Anchor anchor;

  private record Anchor(Instant time, long ticks) {}

  @Inject
  public DatabaseClock(NodeClock node) {
    this(node, System::nanoTime);
  }

  DatabaseClock(NodeClock node, LongSupplier ticker) {
    this.node = node;
    this.ticker = ticker;
    anchor = new Anchor(node.instant(), ticker.getAsLong());
  }

  @Override
  public Instant instant() {
    Anchor known = anchor;
    return known.time().plusNanos(ticker.getAsLong() - known.ticks());
  }

  /**
   * Sets the clock from the database.
   *
   * @param time the time of the database
   * @param error the maximum error of this time
   */
  void follow(Instant time, Duration error) {
    Duration apart = Duration.between(instant(), time).abs();
    if (apart.compareTo(TOLERANCE.plus(error)) > 0) {
      anchor = new Anchor(time, ticker.getAsLong());
    }
  }

  /** Returns how far the clock of this machine is ahead; negative if it is behind. */
  Duration ahead() {
    return Duration.between(instant(), node.instant());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("Signet's times must be in UTC");
  }
}

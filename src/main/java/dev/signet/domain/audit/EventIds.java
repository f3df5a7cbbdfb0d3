package dev.signet.domain.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates identifiers of events: UUIDs of version 7 (RFC 9562, section 5.7), which sort by time.
 * Those of one node are ordered even within a millisecond: a counter replaces the first random
 * bits, and carries over to the next millisecond (section 6.2, method 1).
 */
final class EventIds {
  private static final int COUNTER_BITS = 12;
  private static final long LATEST = (1L << 48) - 1;
  private static final long VERSION = 7L << COUNTER_BITS;
  private static final long VARIANT = 1L << 63;

  /** If the clock is set back by more than this, the new time is used. */
  private static final long STEP = 10_000L << COUNTER_BITS;

  private final AtomicLong last = new AtomicLong();

  String next(Instant now) {
    long fresh = now.toEpochMilli() << COUNTER_BITS;
    long tick =
        last.updateAndGet(before -> fresh > before || before - fresh > STEP ? fresh : before + 1);
    return text(
        tick >>> COUNTER_BITS,
        tick & ((1L << COUNTER_BITS) - 1),
        ThreadLocalRandom.current().nextLong());
  }

  /** Returns the lowest identifier of a time: identifiers of earlier events are lower. */
  static String first(Instant time) {
    long millis;
    try {
      // A fraction of a millisecond is rounded up.
      millis = time.plusNanos(999_999).toEpochMilli();
    } catch (ArithmeticException | DateTimeException e) {
      millis = time.getEpochSecond() < 0 ? 0 : LATEST;
    }
    return text(Math.max(0, Math.min(LATEST, millis)), 0, 0);
  }

  /** Returns the time of the event, to the millisecond. */
  static Instant time(String id) {
    return Instant.ofEpochMilli(Long.parseLong(id.substring(0, 8) + id.substring(9, 13), 16));
  }

  private static String text(long millis, long counter, long random) {
    return new UUID(millis << 16 | VERSION | counter, VARIANT | (random >>> 2)).toString();
  }
}

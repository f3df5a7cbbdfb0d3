package dev.signet.domain.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Identifiers of events: UUIDs of version 7 (RFC 9562, section 5.7), which sort by time. Those of
 * one node differ in order even within a millisecond: a counter takes the place of the first random
 * bits, and borrows from the next millisecond (section 6.2, method 1).
 */
final class EventIds {
  private static final int COUNTER_BITS = 12;
  private static final long LATEST = (1L << 48) - 1;
  private static final long VERSION = 7L << COUNTER_BITS;
  private static final long VARIANT = 1L << 63;

  /** A clock that was set back by more than this is believed. */
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

  /** The least identifier of a time: those of earlier events are less. */
  static String first(Instant time) {
    long millis;
    try {
      // Of a fraction of a millisecond, the next whole one.
      millis = time.plusNanos(999_999).toEpochMilli();
    } catch (ArithmeticException | DateTimeException e) {
      millis = time.getEpochSecond() < 0 ? 0 : LATEST;
    }
    return text(Math.max(0, Math.min(LATEST, millis)), 0, 0);
  }

  /** When the event happened, to the millisecond. */
  static Instant time(String id) {
    return Instant.ofEpochMilli(Long.parseLong(id.substring(0, 8) + id.substring(9, 13), 16));
  }

  private static String text(long millis, long counter, long random) {
    return new UUID(millis << 16 | VERSION | counter, VARIANT | (random >>> 2)).toString();
  }
}

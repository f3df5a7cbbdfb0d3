package dev.signet.base.paging;

import java.time.Instant;

/** Times in cursors: milliseconds, within the years that every database has. */
public final class Cursors {
  private static final long LATEST = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();

  private Cursors() {}

  public static Instant time(String millis) {
    long value = Long.parseLong(millis);
    if (value < 0 || value > LATEST) {
      throw new IllegalArgumentException("not a time of a cursor");
    }
    return Instant.ofEpochMilli(value);
  }

  public static String text(Instant time) {
    return Long.toString(time.toEpochMilli());
  }
}

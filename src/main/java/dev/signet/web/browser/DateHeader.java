package dev.signet.web.browser;

import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The header {@code Date} of responses, which is required (RFC 9110, section 6.6.1), but which one
 * server does not send. Clients on devices set their clocks by it before they sign assertions. The
 * value is formatted once a second.
 */
@Shared
public class DateHeader {
  static final String NAME = "Date";

  /** RFC 9110, section 5.6.7, requires two digits for the day, unlike RFC_1123_DATE_TIME. */
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private record Formatted(long second, String text) {}

  private final Clock clock;
  private volatile Formatted last = new Formatted(Long.MIN_VALUE, "");

  @Inject
  public DateHeader(Clock clock) {
    this.clock = clock;
  }

  /** Returns the value for the current time. */
  String value() {
    long second = Math.floorDiv(clock.millis(), 1_000);
    Formatted known = last;
    if (known.second() != second) {
      known = new Formatted(second, FORMAT.format(Instant.ofEpochSecond(second)));
      last = known;
    }
    return known.text();
  }
}

package dev.signet.web;

import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The {@code Date} of answers, which a server with a clock must send (RFC 9110, section 6.6.1) and
 * one server does not. Clients on devices set their clocks by it before they sign assertions. It is
 * formatted once a second.
 */
@Shared
class DateHeader {
  static final String NAME = "Date";

  /** RFC 9110, section 5.6.7: two digits of the day, which RFC_1123_DATE_TIME does not give. */
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private record Formatted(long second, String text) {}

  private final Clock clock;
  private volatile Formatted last = new Formatted(Long.MIN_VALUE, "");

  @Inject
  DateHeader(Clock clock) {
    this.clock = clock;
  }

  /** The value for an answer that is made now. */
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

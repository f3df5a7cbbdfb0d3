package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.time.Duration;

/**
 * Delays of attempts at an account from unknown sources.
 *
 * @param failures the number of consecutive failures without a delay
 * @param delay the initial delay; each further failure doubles it
 * @param longest the maximum delay
 * @param forget the time without a failure after which the count is reset; not less than the
 *     longest delay
 */
public record LockSettings(int failures, Duration delay, Duration longest, Duration forget) {
  private static final String LONGEST = "signet.lock.longest";

  static LockSettings read(SettingsReader reader) {
    LockSettings settings =
        new LockSettings(
            reader.number("signet.lock.failures", 10, 1, 10_000),
            reader.duration(
                "signet.lock.delay",
                Duration.ofSeconds(1),
                Duration.ofMillis(100),
                Duration.ofHours(1)),
            reader.duration(
                LONGEST, Duration.ofMinutes(15), Duration.ofMillis(100), Duration.ofDays(1)),
            reader.duration(
                "signet.lock.forget",
                Duration.ofHours(24),
                Duration.ofSeconds(1),
                Duration.ofDays(90)));
    if (settings.longest.compareTo(settings.delay) < 0
        || settings.longest.compareTo(settings.forget) > 0) {
      reader.fault(LONGEST + " must be between signet.lock.delay and signet.lock.forget.");
    }
    return settings;
  }

  /** Returns the delay after a number of consecutive failures. */
  public Duration delayAfter(int count) {
    if (count < failures) {
      return Duration.ZERO;
    }
    // 2^30 times the shortest delay is longer than the longest.
    Duration doubled = delay.multipliedBy(1L << Math.min(count - failures, 30));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}

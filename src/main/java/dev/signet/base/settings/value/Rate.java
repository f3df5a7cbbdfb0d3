package dev.signet.base.settings.value;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate: the number of requests in a burst, which is refilled within the duration.
 *
 * @param count 1 to 1,000,000
 * @param per whole seconds, at least one and at most a day
 */
public record Rate(int count, Duration per) {
  private static final int MOST = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern FORM = Pattern.compile("(\\d{1,7})/(P\\S+)");

  public Rate {
    boolean usable =
        count >= 1
            && count <= MOST
            && per.toSeconds() >= 1
            && per.equals(per.truncatedTo(ChronoUnit.SECONDS))
            && per.compareTo(LONGEST) <= 0;
    if (!usable) {
      throw new IllegalArgumentException("a rate of " + count + " in " + per);
    }
  }

  /**
   * Parses a count and an ISO 8601 duration, such as {@code 300/PT1M}.
   *
   * @throws IllegalArgumentException if it does not have this form
   * @throws java.time.format.DateTimeParseException if the duration is malformed
   */
  static Rate parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException();
    }
    return new Rate(Integer.parseInt(form.group(1)), Duration.parse(form.group(2)));
  }

  @Override
  public String toString() {
    return count + "/" + per;
  }
}

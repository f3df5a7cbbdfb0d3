package dev.signet.domain.guard;

import dev.signet.base.settings.value.Limit;
import dev.signet.base.settings.value.Rate;
import java.time.Duration;

/**
 * What a limit says to a request.
 *
 * @param accepted whether there was room for it
 * @param remaining for how many more there is room now
 * @param delay until there is room again; zero if it was accepted
 * @param reset until all of the rate is there again
 */
public record Verdict(
    Limit limit, Rate rate, boolean accepted, long remaining, Duration delay, Duration reset) {

  /** Whether this limit leaves less than another one. */
  public boolean isTighterThan(Verdict other) {
    return remaining < other.remaining;
  }
}

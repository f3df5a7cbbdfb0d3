package dev.signet.domain.guard;

import dev.signet.base.settings.value.Limit;
import dev.signet.base.settings.value.Rate;
import java.time.Duration;

/**
 * The result of counting a request against a limit.
 *
 * @param accepted whether the request is within the limit
 * @param remaining the number of requests that are still permitted
 * @param delay until the next request is permitted; zero if this one was accepted
 * @param reset until the full rate is available again
 */
public record Verdict(
    Limit limit, Rate rate, boolean accepted, long remaining, Duration delay, Duration reset) {

  /** Whether fewer requests remain than with another verdict. */
  public boolean isTighterThan(Verdict other) {
    return remaining < other.remaining;
  }
}

package dev.signet.endpoint.admin;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.web.body.Strict;
import java.time.DateTimeException;
import java.time.Duration;

/**
 * A request to replace a secret.
 *
 * @param overlap how long the previous secret stays valid: an ISO 8601 duration of at most 90 days,
 *     zero for not at all; the configured one if absent
 */
@Strict
record SecretReplacement(String overlap) {
  static final SecretReplacement USUAL = new SecretReplacement(null);

  private static final Duration MOST = Duration.ofDays(90);

  Duration overlap(Duration usual) {
    if (overlap == null) {
      return usual;
    }
    try {
      Duration wanted = Duration.parse(overlap);
      if (!wanted.isNegative() && wanted.compareTo(MOST) <= 0) {
        return wanted;
      }
    } catch (DateTimeException e) {
      // Refused below.
    }
    throw Refusal.of(
        Problem.INVALID_INPUT, "overlap", "must be an ISO 8601 duration of at most 90 days");
  }
}

package dev.signet.endpoint.admin;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.value.Network;
import dev.signet.web.body.Strict;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A request to block a source or a network.
 *
 * @param source an address, or a network in CIDR notation
 * @param duration ISO 8601, from a second to a year; by default that of a first automatic block
 * @param reason for other administrators
 */
@Strict
record BlockRequest(
    @NotNull @Size(max = 64) String source,
    @Size(max = 32) String duration,
    @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*") String reason) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(365);

  /**
   * Reads the source.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT}
   */
  Network network() {
    try {
      return Network.parse(source);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(
          Problem.INVALID_INPUT,
          "source",
          "must be an IP address, or a network such as 192.0.2.0/24");
    }
  }

  /**
   * Reads the duration.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT}
   */
  Optional<Duration> length() {
    if (duration == null) {
      return Optional.empty();
    }
    try {
      Duration length = Duration.parse(duration);
      if (length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0) {
        return Optional.of(length);
      }
    } catch (DateTimeParseException e) {
      // Refused below.
    }
    throw Refusal.of(
        Problem.INVALID_INPUT, "duration", "must be an ISO 8601 duration from PT1S to P365D");
  }
}

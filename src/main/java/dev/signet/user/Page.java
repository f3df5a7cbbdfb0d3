package dev.signet.user;

import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param next the cursor that the following part begins after, if there is one
 */
public record Page<T>(List<T> items, Optional<String> next) {
  private static final int MOST = 100;

  /**
   * Reads how many items a client wants, 1 to 100.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT}, field {@code limit}
   */
  public static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw Refusal.of(Problem.INVALID_INPUT, "limit", "must be a number from 1 to " + MOST);
  }
}

package dev.signet.base.paging;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A part of a list.
 *
 * @param next the cursor that the following part begins after, if there is one
 */
public record Page<T>(List<T> items, Optional<String> next) {
  private static final int MOST = 100;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /**
   * Makes a page of what was found.
   *
   * @param found one more than the limit, if there is more
   * @param cursor of an item that the following page begins after
   */
  public static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty());
    }
    List<T> items = found.subList(0, limit);
    return new Page<>(items, Optional.of(cursor.apply(items.get(limit - 1))));
  }

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

  /**
   * Reads the cursor of a list that is in the order of names.
   *
   * @param text from the former page, or null
   * @throws Refusal {@link Problem#INVALID_INPUT}, field {@code after}
   */
  public static Optional<String> after(String text) {
    Optional<String> cursor = Optional.ofNullable(text);
    if (cursor.filter(name -> !NAME.matcher(name).matches()).isPresent()) {
      throw Refusal.of(Problem.INVALID_INPUT, "after", "must be the cursor of a previous page");
    }
    return cursor;
  }
}

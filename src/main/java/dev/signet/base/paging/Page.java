package dev.signet.base.paging;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A page of a list.
 *
 * @param next the cursor after which the next page starts, if there is one
 */
public record Page<T>(List<T> items, Optional<String> next) {
  private static final int MOST = 100;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /**
   * Creates a page of the found items.
   *
   * @param found one more item than the limit, if there is a next page
   * @param cursor returns the cursor of an item after which the next page starts
   */
  public static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty());
    }
    List<T> items = found.subList(0, limit);
    return new Page<>(items, Optional.of(cursor.apply(items.get(limit - 1))));
  }

  /**
   * Parses the number of items per page, 1 to 100.
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
   * Parses the cursor of a list that is ordered by name.
   *
   * @param text from the previous page, or null
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

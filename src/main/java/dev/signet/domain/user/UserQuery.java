package dev.signet.domain.user;

import dev.signet.base.paging.Page;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A query for users.
 *
 * @param limit the maximum number of items, 1 to 100
 * @param search text in the username or email address, case-insensitive
 */
public record UserQuery(int limit, Order order, Optional<String> search, Optional<Cursor> after) {
  /**
   * Checks the parameters of a request.
   *
   * @param sort one of the names of {@link Order}
   * @param after a cursor from the previous page
   * @throws Refusal {@link Problem#INVALID_INPUT} that names the parameter
   */
  public static UserQuery of(String limit, String sort, String search, String after) {
    Order order = Order.named(sort);
    return new UserQuery(
        Page.limit(limit),
        order,
        Optional.ofNullable(search).map(Username::key).filter(text -> !text.isEmpty()),
        Optional.ofNullable(after).map(cursor -> Cursor.parse(order, cursor)));
  }

  private static Refusal refuse(String parameter, String message) {
    return Refusal.of(Problem.INVALID_INPUT, parameter, message);
  }

  /** The sort orders; a leading hyphen reverses one. */
  public enum Order {
    USERNAME("username", "u.usernameKey", false),
    USERNAME_DOWN("-username", "u.usernameKey", true),
    CREATED("created_at", "u.createdAt", false),
    CREATED_DOWN("-created_at", "u.createdAt", true);

    private final String parameter;
    private final String path;
    private final boolean down;

    Order(String parameter, String path, boolean down) {
      this.parameter = parameter;
      this.path = path;
      this.down = down;
    }

    static Order named(String parameter) {
      return Arrays.stream(values())
          .filter(order -> order.parameter.equals(parameter))
          .findFirst()
          .orElseThrow(
              () ->
                  refuse(
                      "sort",
                      "must be one of "
                          + Arrays.stream(values())
                              .map(order -> order.parameter)
                              .collect(Collectors.joining(", "))));
    }

    String path() {
      return path;
    }

    String direction() {
      return down ? "desc" : "asc";
    }

    String comparison() {
      return down ? "<" : ">";
    }

    private boolean byTime() {
      return this == CREATED || this == CREATED_DOWN;
    }
  }

  /**
   * A position in the list: the page starts after this row.
   *
   * @param value the row's value in the sort column
   * @param id the row's identifier, which breaks ties
   */
  public record Cursor(Object value, String id) {
    static Cursor parse(Order order, String text) {
      try {
        String[] parts =
            new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", 3);
        if (parts.length != 3 || !parts[0].equals(order.parameter)) {
          throw refuse("after", "must be the cursor of a previous page in the same order");
        }
        if (parts[1].indexOf('\0') >= 0 || parts[2].indexOf('\0') >= 0) {
          throw refuse("after", "must be the cursor of a previous page");
        }
        return new Cursor(order.byTime() ? time(parts[1]) : parts[1], parts[2]);
      } catch (IllegalArgumentException | DateTimeException e) {
        throw refuse("after", "must be the cursor of a previous page");
      }
    }

    /** Java supports years that the databases do not. */
    private static OffsetDateTime time(String text) {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() < 1 || time.getYear() > 9999) {
        throw refuse("after", "must be the cursor of a previous page");
      }
      return time;
    }

    static String after(Order order, User last) {
      String value = order.byTime() ? last.createdAt().toString() : last.usernameKey();
      byte[] text =
          String.join("\n", order.parameter, value, last.id()).getBytes(StandardCharsets.UTF_8);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }
  }
}

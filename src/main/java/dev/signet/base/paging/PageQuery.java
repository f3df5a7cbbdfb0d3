package dev.signet.base.paging;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A query for a page of a list, newest first.
 *
 * @param limit the maximum number of items, 1 to 100
 */
public record PageQuery(int limit, Optional<Cursor> after) {
  /**
   * Checks the parameters of a request.
   *
   * @param after a cursor from the previous page, or null
   * @throws Refusal {@link Problem#INVALID_INPUT} that names the parameter
   */
  public static PageQuery of(String limit, String after) {
    return new PageQuery(Page.limit(limit), Optional.ofNullable(after).map(Cursor::parse));
  }

  /**
   * The last item of the previous page.
   *
   * @param time by which the list is ordered
   * @param id breaks ties
   */
  public record Cursor(Instant time, String id) {
    static Cursor parse(String text) {
      try {
        String[] parts =
            new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
        if (parts.length == 2 && parts[1].matches("[0-9a-f-]{36}")) {
          return new Cursor(Cursors.time(parts[0]), parts[1]);
        }
      } catch (IllegalArgumentException | DateTimeException e) {
        // Refused below.
      }
      throw Refusal.of(Problem.INVALID_INPUT, "after", "must be the cursor of a previous page");
    }

    /** Returns the cursor for clients. */
    public String text() {
      String text = Cursors.text(time) + " " + id;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}

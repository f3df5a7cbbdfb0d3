package dev.signet.token;

import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.user.Page;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Which part of a user's sessions to list, newest first.
 *
 * @param limit most items, 1 to 100
 */
public record SessionQuery(int limit, Optional<Cursor> after) {
  /**
   * Checks the parameters of a request.
   *
   * @param after a cursor from the former page, or null
   * @throws Refusal {@link Problem#INVALID_INPUT} that names the parameter
   */
  public static SessionQuery of(String limit, String after) {
    return new SessionQuery(Page.limit(limit), Optional.ofNullable(after).map(Cursor::parse));
  }

  /** The last session of the former page. */
  record Cursor(Instant createdAt, String id) {
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
      throw Refusal.of(Problem.INVALID_INPUT, "after", "must be the cursor of a former page");
    }

    static String after(Session last) {
      String text = Cursors.text(last.createdAt()) + " " + last.id();
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}

package dev.signet.base.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.paging.PageQuery.Cursor;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageQueryTest {
  private static final String ID = "c3b251f6-28c9-4a32-9a3f-2e76e34986f3";
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123Z");

  @Test
  void cursorNamesTheLastItemOfAPage() {
    Cursor last = new Cursor(TIME, ID);

    assertEquals(Optional.of(last), PageQuery.of("20", last.text()).after());
  }

  @Test
  void firstPageHasNoCursor() {
    assertEquals(new PageQuery(7, Optional.empty()), PageQuery.of("7", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "x " + ID,
        "1 not-an-id",
        "1 " + ID + " 2",
        "-1 " + ID,
        "9223372036854775807 " + ID,
        "99999999999999999999 " + ID
      })
  void otherCursorIsRefused(String text) {
    String cursor = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));

    Refusal refusal = assertThrows(Refusal.class, () -> PageQuery.of("20", cursor));
    assertEquals(Problem.INVALID_INPUT, refusal.problem());
    assertEquals("after", refusal.errors().get(0).field());
  }
}

package dev.signet.domain.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.domain.user.UserQuery.Cursor;
import dev.signet.domain.user.UserQuery.Order;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserQueryTest {
  private final User ada = TestUsers.ada();

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 100})
  void limitIsBetween1And100(int limit) {
    assertEquals(limit, UserQuery.of("" + limit, "username", null, null).limit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "-1", "", " 5", "5 ", "1e1", "0x10", "many", "99999999999"})
  void otherLimitIsRefused(String limit) {
    assertRefused(
        "limit", "must be a number from 1 to 100", () -> query(limit, "username", null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "username, u.usernameKey, asc, >",
    "-username, u.usernameKey, desc, <",
    "created_at, u.createdAt, asc, >",
    "-created_at, u.createdAt, desc, <"
  })
  void listHasFourOrders(String sort, String path, String direction, String comparison) {
    Order order = UserQuery.of("20", sort, null, null).order();

    assertEquals(path, order.path());
    assertEquals(direction, order.direction());
    assertEquals(comparison, order.comparison());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "USERNAME",
        "Username",
        "email",
        "--username",
        "username desc",
        "u.passwordHash",
        "username; drop table users",
        "username,id"
      })
  void otherOrderIsRefused(String sort) {
    assertRefused(
        "sort",
        "must be one of username, -username, created_at, -created_at",
        () -> query("20", sort, null, null));
  }

  @Test
  void searchIsFoldedLikeNames() {
    assertEquals(
        Optional.of("fi%_'stra\u00DFe".replace("\u00DF", "ss")),
        UserQuery.of("20", "username", "\uFB01%_'STRA\u00DFE", null).search());
  }

  @Test
  void emptySearchFindsAll() {
    assertEquals(Optional.empty(), UserQuery.of("20", "username", "", null).search());
    assertEquals(Optional.empty(), UserQuery.of("20", "username", null, null).search());
  }

  @Test
  void firstPageHasNoCursor() {
    assertEquals(Optional.empty(), UserQuery.of("20", "username", null, null).after());
  }

  @ParameterizedTest
  @EnumSource
  void cursorComesBackAsItWent(Order order) {
    Cursor cursor = Cursor.parse(order, Cursor.after(order, ada));

    assertEquals(ada.id(), cursor.id());
    assertEquals(
        switch (order) {
          case USERNAME, USERNAME_DOWN -> "ada";
          case CREATED, CREATED_DOWN -> TestUsers.NOW.atOffset(ZoneOffset.UTC);
        },
        cursor.value());
  }

  @Test
  void cursorOfAnyNameComesBackAsItWent() {
    User user = TestUsers.user("\uD801\uDC00\u674E\u5C0F.x", "x@example.org", Set.of());

    assertEquals(
        user.usernameKey(),
        Cursor.parse(Order.USERNAME, Cursor.after(Order.USERNAME, user)).value());
  }

  @Test
  void cursorNeedsNoEscapingInAUrl() {
    for (Order order : Order.values()) {
      assertEquals("", Cursor.after(order, ada).replaceAll("[A-Za-z0-9_-]", ""));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "USERNAME, -username",
    "USERNAME_DOWN, username",
    "USERNAME, created_at",
    "CREATED, -created_at",
    "CREATED_DOWN, username"
  })
  void cursorOfAnotherOrderIsRefused(Order made, String used) {
    assertRefused(
        "after",
        "must be the cursor of a previous page in the same order",
        () -> query("20", used, null, Cursor.after(made, ada)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "*", "%00", "a b", "YWRh", "\u00E9", "....", "null"})
  void garbageIsNoCursor(String after) {
    assertRefused("after", () -> query("20", "username", null, after));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "created_at",
        "created_at\n2026-03-01T12:00:00Z",
        "created_at\n\nid",
        "created_at\nyesterday\nid",
        "created_at\n2026-02-30T12:00:00Z\nid",
        "created_at\n2026-03-01T12:00:00\nid",
        "created_at\n1\nid"
      })
  void cursorWithoutATimeIsRefusedWhereOneBelongs(String text) {
    assertRefused("after", () -> query("20", "created_at", null, forged(text)));
  }

  /** Such years exist in Java, but in no database. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+300000-01-01T00:00:00Z",
        "-300000-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z"
      })
  void cursorOfATimeThatNoDatabaseHasIsRefused(String time) {
    assertRefused(
        "after", () -> query("20", "created_at", null, forged("created_at\n" + time + "\nid")));
  }

  /** PostgreSQL takes no NUL in a text: it would answer with an error. */
  @Test
  void nulReachesNoDatabase() {
    assertFalse(
        UserQuery.of("20", "username", "a\u0000b", null).search().orElseThrow().contains("\u0000"));
    assertRefused("after", () -> query("20", "username", null, forged("username\na\u0000\nid")));
    assertRefused("after", () -> query("20", "username", null, forged("username\na\nid\u0000")));
  }

  @Test
  void valueOfAForgedCursorIsAValueAndNothingElse() {
    Cursor cursor = Cursor.parse(Order.USERNAME, forged("username\n' or 1=1 --\nid\n2"));

    assertEquals("' or 1=1 --", cursor.value());
    assertEquals("id\n2", cursor.id());
  }

  @Test
  void cursorShowsNothingButTheOrderTheValueAndTheId() {
    String text =
        new String(
            Base64.getUrlDecoder().decode(Cursor.after(Order.USERNAME, ada)),
            StandardCharsets.UTF_8);

    assertEquals("username\nada\n" + ada.id(), text);
    assertFalse(text.contains(ada.passwordHash()));
  }

  private static UserQuery query(String limit, String sort, String search, String after) {
    return UserQuery.of(limit, sort, search, after);
  }

  private static String forged(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String parameter, String message, Runnable parsing) {
    assertEquals(List.of(new FieldError(parameter, message)), refusal(parsing).errors());
  }

  private static void assertRefused(String parameter, Runnable parsing) {
    assertEquals(parameter, refusal(parsing).errors().get(0).field());
  }

  private static Refusal refusal(Runnable parsing) {
    Refusal refusal = assertThrows(Refusal.class, parsing::run);
    assertEquals(Problem.INVALID_INPUT, refusal.problem());
    return refusal;
  }
}

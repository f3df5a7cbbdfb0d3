package dev.signet.domain.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada",
        "Ada.Lovelace_1815-x",
        "123",
        "\u0434\u043C\u0438\u0442\u0440\u0438\u0439",
        "\u674E\u5C0F\u9F99",
        "\u05D3\u05D5\u05D3",
        "\u0938\u0940\u0924\u093E", // Hindi, with vowel signs
        "\u0E2A\u0E21\u0E0A\u0E32\u0E22",
        "\uD801\uDC00\uD801\uDC01\uD801\uDC02" // Deseret, outside the first plane
      })
  void lettersDigitsAndMarksOfAnyScriptPass(String typed) {
    assertEquals(typed, Username.parse(typed).shown());
  }

  @Test
  void nameIsShownAsTypedAndComparedFolded() {
    Username name = Username.parse("Zo\u00CB.X");

    assertEquals("Zo\u00CB.X", name.shown());
    assertEquals("zo\u00EB.x", name.key());
  }

  @Test
  void decomposedNameIsShownComposed() {
    assertEquals("Zo\u00EB", Username.parse("Zoe\u0308").shown());
  }

  @Test
  void lookAlikeUsernamesShareOneKey() {
    String key = Username.parse("finn").key();

    assertEquals(key, Username.parse("FINN").key());
    assertEquals(key, Username.parse("\uFB01nn").key());
    assertEquals(key, Username.parse("\uFF26\uFF29\uFF2E\uFF2E").key());
    assertEquals(key, Username.key("\uFF46inn"));
    assertNotEquals(key, Username.parse("fin").key());
  }

  @Test
  void capitalSharpSDoesNotMakeAnotherName() {
    assertEquals(Username.parse("stra\u00DFe").key(), Username.parse("STRA\u1E9EE").key());
  }

  /** Phones and clipboards add them. */
  @ParameterizedTest
  @ValueSource(strings = {" ada", "ada ", "  ada  ", "\u00A0ada", "ada\u3000", "\u2003ada"})
  void blanksAroundANameAreNoPartOfIt(String typed) {
    assertEquals(Username.parse("ada"), Username.parse(typed));
    assertEquals("ada", Username.key(typed));
    assertEquals(Username.digest("ada"), Username.digest(typed));
    assertEquals("", Username.key("  "));
  }

  /** The name is parsed again from what was stored. */
  @Test
  void shownNameParsesToTheSameName() {
    Username name = Username.parse("\u212Bsa\uFF0Ex\uFB01");

    assertEquals(name, Username.parse(name.shown()));
  }

  /** PostgreSQL rejects NUL, and every input at a login is looked up. */
  @Test
  void nameThatIsLookedUpHasNoNul() {
    assertEquals(-1, Username.key("a\u0000da").indexOf(0));
    assertNotEquals("ada", Username.key("a\u0000da"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a@b",
        "a/b",
        "a\\b",
        "a'b",
        "a\"b",
        "a;b",
        "a%b",
        "a<b>",
        "a&b",
        "a+b",
        "a:b",
        "ada\u0000",
        "ada\n",
        "ada\r\n",
        "ada\t",
        "a\uD83D\uDE00b"
      })
  void otherCharactersAreRefused(String typed) {
    assertRefused("may only contain letters, digits, dots, underscores and hyphens", typed);
  }

  static Stream<Integer> invisible() {
    return Stream.of(
        0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x180F, 0x200B,
        0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202E, 0x2060, 0x2064, 0x2066, 0x2069, 0x206F,
        0x2800, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0x1BCA0, 0x1D173, 0xE0001, 0xE007F,
        0xE0100, 0xE01EF);
  }

  @ParameterizedTest
  @MethodSource("invisible")
  void invisibleCharactersAreRefused(int c) {
    assertRefused(
        "may only contain letters, digits, dots, underscores and hyphens",
        "a" + Character.toString(c) + "da");
  }

  @Test
  void markHasALetterBeforeIt() {
    assertRefused("may only contain letters, digits, dots, underscores and hyphens", "\u0301ada");
  }

  @Test
  void halfOfACharacterIsRefused() {
    assertRefused("may only contain letters, digits, dots, underscores and hyphens", "ada\uD801");
  }

  @Test
  void nameHasThreeTo64Characters() {
    assertEquals("abc", Username.parse("abc").key());
    assertEquals("a".repeat(64), Username.parse("a".repeat(64)).key());
    assertRefused("must have 3 to 64 characters", "");
    assertRefused("must have 3 to 64 characters", "ab");
    assertRefused("must have 3 to 64 characters", "a".repeat(65));
  }

  @Test
  void charactersAreCountedAfterNormalisation() {
    assertEquals("ffi", Username.parse("\uFB03").key());
    assertRefused("must have 3 to 64 characters", "\uFB03".repeat(22));
    assertRefused("must have 3 to 64 characters", "\uD801\uDC00".repeat(2));
    assertEquals(128, Username.parse("\uD801\uDC00".repeat(64)).shown().length());
  }

  /** As wide as the column that keeps it. */
  @Test
  void shownAndFoldedNamesHaveAtMost256Units() {
    Username name = Username.parse("\u0390".repeat(64)); // each folds to up to three

    assertEquals(64, name.shown().length());
    assertTrue(name.key().length() <= 256);
  }

  private static void assertRefused(String message, String typed) {
    Refusal refusal = assertThrows(Refusal.class, () -> Username.parse(typed));
    assertEquals(Problem.INVALID_INPUT, refusal.problem());
    assertEquals(List.of(new FieldError("username", message)), refusal.errors());
  }
}

package dev.signet.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.problem.FieldError;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.org",
        "ada+tag@mail.example.co.uk",
        "o'neil@example.org",
        "\u0434\u043C\u0438\u0442\u0440\u0438\u0439@\u043F\u043E\u0447\u0442\u0430.\u0440\u0444"
      })
  void addressesPass(String typed) {
    assertEquals(typed, EmailAddress.parse(typed).shown());
  }

  @Test
  void addressIsShownAsTypedAndComparedFolded() {
    EmailAddress address = EmailAddress.parse("Ada@Example.ORG");

    assertEquals("Ada@Example.ORG", address.shown());
    assertEquals("ada@example.org", address.key());
  }

  @Test
  void addressesThatDifferInFormOnlyShareOneKey() {
    assertEquals(
        EmailAddress.parse("zo\u00EB@example.org").key(),
        EmailAddress.parse("ZOE\u0308@\uFF45xample.org").key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@example.org",
        "ada@",
        "ada@example",
        "ada@example.o",
        "ada@.",
        "a@b@example.org",
        "ada lovelace@example.org",
        "ada@example.org ",
        "ada@exa\u00A0mple.org",
        "ada@example.org\u0000",
        "ada\u200B@example.org"
      })
  void whatIsNoAddressIsRefused(String typed) {
    assertRefused(typed);
  }

  /** It would start another header of a mail, or another line of a log. */
  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\nBcc: x", "\u0085", "\u2028", "\u2029"})
  void lineBreakIsRefused(String separator) {
    assertRefused("ada" + separator + "@example.org");
    assertRefused("ada@exam" + separator + "ple.org");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u1680", "\u2003", "\u202F", "\u205F", "\u3000"})
  void spaceOfAnyKindIsRefused(String space) {
    assertRefused("ada" + space + "@example.org");
  }

  @Test
  void addressHasAtMost254CharactersAnd64BeforeTheAt() {
    String domain = "@" + "d".repeat(250 - 64 - 1) + ".org";

    assertEquals(254, EmailAddress.parse("a".repeat(64) + domain).shown().length());
    assertRefused("a".repeat(64) + "@d" + domain.substring(1));
    assertRefused("a".repeat(65) + "@example.org");
  }

  /** The folded address is stored too. */
  @Test
  void foldedAddressIsNotLongerEither() {
    assertRefused("\uFDFA@" + "\uFB03".repeat(80) + ".org");
  }

  private static void assertRefused(String typed) {
    Refusal refusal = assertThrows(Refusal.class, () -> EmailAddress.parse(typed));
    assertEquals(Problem.INVALID_INPUT, refusal.problem());
    assertEquals(List.of(new FieldError("email", "must be an email address")), refusal.errors());
  }
}

package dev.signet.domain.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
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
        "!#$%&'*+-/=?^_`{|}~@example.org",
        "ada.m.lovelace@a-b.example",
        "ada@1and1.example",
        "user@b\u00FCcher.de",
        "user@xn--bcher-kva.de",
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
        "ada\u200B@example.org",
        "<a@c.org>",
        "a,b@c.org",
        "mailto:a@b.org",
        "a@b..org",
        "a@b,c.org",
        "a@b.org.",
        "a@.b.org",
        ".a@b.org",
        "a.@b.org",
        "a..b@b.org",
        "a@-b.org",
        "a@b-.org",
        "a@b_c.org",
        "a@1.2.3.4",
        "a@[192.0.2.1]",
        "\"a b\"@c.org",
        "a(comment)@b.org",
        "a;b@c.org",
        "a\\b@c.org",
        "a\uFF0Cb@c.org",
        "a\uFE6Bb.org",
        "a@xn--.org",
        "a@\uD800.org"
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
    String domain = "@" + ("d".repeat(60) + ".").repeat(3) + "org";

    assertEquals(251, EmailAddress.parse("a".repeat(64) + domain).shown().length());
    assertRefused("a".repeat(64) + "@dddd." + domain.substring(1));
    assertRefused("a".repeat(65) + "@example.org");
    assertRefused("a@" + "d".repeat(64) + ".org");
  }

  /** In ASCII, it may be longer than what was typed. */
  @Test
  void domainIsNotLongerInAsciiEither() {
    assertRefused("a".repeat(64) + "@" + ("\u00FC".repeat(30) + ".").repeat(6) + "org");
  }

  @Test
  void internationalisedDomainIsShownAsTypedAndComparedInAscii() {
    EmailAddress unicode = EmailAddress.parse("User@B\u00FCcher.de");

    assertEquals("User@B\u00FCcher.de", unicode.shown());
    assertEquals("user@xn--bcher-kva.de", unicode.key());
    assertEquals(unicode.key(), EmailAddress.parse("user@XN--BCHER-KVA.de").key());
    assertEquals(unicode.key(), EmailAddress.parse("user@bu\u0308cher.DE").key());
  }

  /** Or their owners could change nothing any more. */
  @Test
  void storedAddressOfAnyFormIsRead() {
    assertEquals("a,b@c.org", EmailAddress.stored("a,b@c.org").shown());
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

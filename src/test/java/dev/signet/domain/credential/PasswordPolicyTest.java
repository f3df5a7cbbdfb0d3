package dev.signet.domain.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.PasswordSettings;
import dev.signet.domain.user.EmailAddress;
import dev.signet.domain.user.TestUsers;
import dev.signet.domain.user.Username;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
  private static final String LENGTH = "must have 8 to 256 characters";
  private static final String COMMON = "is one of the most common passwords";
  private static final String GUESSABLE =
      "is too easy to guess; use a longer one, such as several words";
  private static final String NAMED = "must not contain the username";

  private final PasswordPolicy policy = policy(2);

  @ParameterizedTest
  @ValueSource(
      strings = {
        TestUsers.GOOD_PASSWORD,
        "xkq vmw trz", // no digit, no capital
        "83920174652",
        "\u043C\u043E\u0440\u043E\u0437\u043A\u0438\u0439\u0432\u0435\u0447\u0435\u0440",
        "\uD83E\uDD84\uD83C\uDF35\uD83E\uDE90\uD83E\uDD91\uD83C\uDFBB\uD83E\uDDCA\uD83E\uDEB4\uD83E\uDD8A"
      })
  void hardToGuessPassesWhateverItIsMadeOf(String password) {
    assertEquals(Optional.empty(), fault(password));
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "12345678", "iloveyou", "PASSWORD", "princess"})
  void commonPasswordIsRefused(String password) {
    assertEquals(Optional.of(COMMON), fault(password));
  }

  /** Even where the operator asks for no strength. */
  @Test
  void commonPasswordIsRefusedAtAnyScore() {
    assertEquals(Optional.of(COMMON), fault(policy(0), "password"));
    assertEquals(Optional.empty(), fault(policy(0), "aaaaaaaa"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aaaaaaaa", "abcdefgh", "qwertzuiop1", "19841984", "password2"})
  void easyToGuessIsRefused(String password) {
    assertEquals(
        true, fault(password).filter(List.of(GUESSABLE, COMMON)::contains).isPresent(), password);
  }

  @Test
  void leastScoreIsTheOperatorsChoice() {
    String middling = "kq7mzwt4";

    assertEquals(Optional.empty(), fault(policy(2), middling));
    assertEquals(Optional.of(GUESSABLE), fault(policy(4), middling));
  }

  @Test
  void passwordHas8To256Characters() {
    String words = "seven otters juggle plums near Oslo; ";

    assertEquals(Optional.of(LENGTH), fault(""));
    assertEquals(Optional.of(LENGTH), fault("q7!mZx2"));
    assertEquals(Optional.empty(), fault("q7!mZx2w"));
    assertEquals(Optional.empty(), fault(words.repeat(7).substring(0, 256)));
    assertEquals(Optional.of(LENGTH), fault(words.repeat(7).substring(0, 257)));
  }

  @Test
  void charactersAreCountedNotTheirCode() {
    String fox = "\uD83E\uDD8A";

    assertEquals(Optional.of(LENGTH), fault("q7!mZx" + fox)); // eight units
    assertEquals(Optional.of(LENGTH), fault("q7!mZe\u0301")); // eight before normalisation
    assertEquals(Optional.empty(), fault(TestUsers.GOOD_PASSWORD + fox.repeat(231)));
    assertEquals(Optional.of(LENGTH), fault(TestUsers.GOOD_PASSWORD + fox.repeat(232)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada.lovelace seven otters",
        "seven otters ADA.LOVELACE",
        "seven ada.\uFF2Covelace otters"
      })
  void passwordWithTheUsernameIsRefused(String password) {
    assertEquals(Optional.of(NAMED), fault(password));
  }

  @Test
  void usernameIsFoundWhereverItEnds() {
    Username name = Username.parse("\u03BA\u03CE\u03C3\u03C4\u03B1\u03C2");

    assertEquals(
        Optional.of(NAMED),
        policy.fault(
            "\u039A\u03CE\u03A3\u03A4\u0391\u03A3seven otters juggle", name, Optional.empty()));
  }

  @Test
  void emailAddressDoesNotMakeAPasswordStrong() {
    String password = "countess@analytical.example";
    EmailAddress email = EmailAddress.parse(password);

    assertEquals(Optional.empty(), fault(password));
    assertEquals(
        Optional.of(GUESSABLE),
        policy.fault(password, Username.parse("ada.lovelace"), Optional.of(email)));
  }

  @Test
  void halfOfACharacterIsRefused() {
    assertEquals(Optional.of("must be valid Unicode"), fault("seven otters \uD83E juggle"));
  }

  /** What follows the estimated part must not be counted on, and must not break anything. */
  @Test
  void longTailDoesNotMakeAPasswordStrong() {
    assertEquals(Optional.of(GUESSABLE), fault("a".repeat(64) + TestUsers.GOOD_PASSWORD));
    assertEquals(Optional.empty(), fault(TestUsers.GOOD_PASSWORD + "a".repeat(200)));
  }

  @Test
  void refusalNamesTheMemberAndNotThePassword() {
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                policy.check("new_password", "12345678", Username.parse("ada"), Optional.empty()));

    assertEquals(Problem.WEAK_PASSWORD, refusal.problem());
    assertEquals(List.of(new FieldError("new_password", COMMON)), refusal.errors());
    assertEquals("The password is too easy to guess.", refusal.getMessage());
  }

  private Optional<String> fault(String password) {
    return fault(policy, password);
  }

  private static Optional<String> fault(PasswordPolicy policy, String password) {
    return policy.fault(password, Username.parse("Ada.Lovelace"), Optional.empty());
  }

  private static PasswordPolicy policy(int minScore) {
    return new PasswordPolicy(new PasswordSettings(8, 1, 1, minScore));
  }
}

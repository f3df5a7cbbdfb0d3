package dev.signet.domain.keys;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.TestClock;
import dev.signet.domain.database.Store;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FormTokensTest {
  private static final TransactedKeys STORED = new TransactedKeys(Store.memory());
  private static final OpaqueToken BROWSER = OpaqueToken.random();

  private final FormTokens tokens = new FormTokens(TestKeys.keys());

  @AfterEach
  void clear() {
    STORED.clear();
  }

  @Test
  void valueIsForOneFormInOneBrowser() {
    String value = tokens.of(BROWSER, "login");

    assertTrue(value.matches("[A-Za-z0-9_-]{43}"), value);
    assertTrue(tokens.accept(value, BROWSER, "login"));
    assertFalse(tokens.accept(value, BROWSER, "logout"));
    assertFalse(tokens.accept(value, OpaqueToken.random(), "login"));
    assertFalse(tokens.accept("", BROWSER, "login"));
    assertFalse(tokens.accept("\u00e4", BROWSER, "login"));
  }

  @Test
  void valueNeedsTheKeyThatAllNodesHave() {
    FormTokens other = new FormTokens(TestKeys.keys());
    FormTokens stranger = new FormTokens(TestKeys.keys(TestKeys.OTHER));

    assertTrue(other.accept(tokens.of(BROWSER, "login"), BROWSER, "login"));
    assertFalse(stranger.accept(tokens.of(BROWSER, "login"), BROWSER, "login"));
  }

  @Test
  void nodesThatSignWithAnotherKeyOfTheRingTakeItToo() {
    FormTokens ahead = new FormTokens(TestKeys.keys(TestKeys.OTHER, TestKeys.SIGNING));
    FormTokens behind = new FormTokens(TestKeys.keys(TestKeys.SIGNING, TestKeys.OTHER));

    assertNotEquals(ahead.of(BROWSER, "login"), behind.of(BROWSER, "login"));
    assertTrue(ahead.accept(behind.of(BROWSER, "login"), BROWSER, "login"));
    assertTrue(behind.accept(ahead.of(BROWSER, "login"), BROWSER, "login"));
  }

  @Test
  void publicKeyMakesNoValues() {
    FormTokens both = new FormTokens(TestKeys.keys(TestKeys.OTHER.toPublicJWK(), TestKeys.SIGNING));

    assertTrue(both.accept(tokens.of(BROWSER, "login"), BROWSER, "login"));
  }

  @Test
  void formThatWasShownBeforeARotationIsTakenAfterIt() {
    TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
    TestNode node = TestNode.on(STORED, clock);
    FormTokens forms = new FormTokens(node.keys());
    node.keys().rotate();
    clock.advance(Duration.ofMinutes(15).minusSeconds(1));
    node.keys().refresh();
    String former = node.signingKey();
    String value = forms.of(BROWSER, "consent");
    for (int minute = 0; minute < 10; minute++) { // The former key's private part is erased.
      clock.advance(Duration.ofMinutes(1));
      node.keys().refresh();
    }

    assertNotEquals(former, node.signingKey());
    assertTrue(forms.accept(value, BROWSER, "consent"));
  }
}

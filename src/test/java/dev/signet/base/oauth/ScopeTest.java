package dev.signet.base.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
  @Test
  void namesHaveNoOrderAndCountOnce() {
    assertEquals(Scope.parse("a b"), Scope.parse("b a b"));
    assertEquals("a b", Scope.parse("b a").toString());
    assertEquals(Scope.NONE, Scope.parse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a  b", " a b", "a b ", "  b   a  "})
  void furtherBlanksBetweenNamesSayNothing(String text) {
    assertEquals(Scope.parse("a b"), Scope.parse(text));
  }

  @Test
  void scopeIsWithinAnotherThatHasAllOfIt() {
    assertTrue(Scope.parse("a").isWithin(Scope.parse("a b")));
    assertTrue(Scope.NONE.isWithin(Scope.NONE));
    assertFalse(Scope.parse("a c").isWithin(Scope.parse("a b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "  ", "a\tb", "a\u00A0b", "\"", "a\\b", "ä", "\u0000"})
  void whatIsNoScopeIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Scope.parse(text));
  }

  @Test
  void anyNumberOfSpacesSeparatesNames() {
    assertEquals(Scope.parse("a b"), Scope.parse("  a   b "));
  }

  @Test
  void scopeMayBeAsLongAsItsRequest() {
    assertEquals(Set.of("a".repeat(20_000)), Scope.parse("a".repeat(20_000)).names());
  }

  @Test
  void whatTwoScopesHaveInCommonIsWithinBoth() {
    assertEquals(Scope.parse("b"), Scope.parse("a b").common(Scope.parse("b c")));
    assertEquals(Scope.parse("a"), Scope.parse("a").common(Scope.parse("a b")));
    assertEquals(Scope.NONE, Scope.parse("a").common(Scope.parse("b")));
  }

  @Test
  void twoScopesTogetherHaveTheNamesOfBoth() {
    assertEquals(Scope.parse("a b c"), Scope.parse("a b").and(Scope.parse("b c")));
  }

  @Test
  void ofTwoScopesThatAreTooLongTogetherTheNewerOneStays() {
    Scope one = new Scope(Set.of("a".repeat(9_000)));
    Scope other = new Scope(Set.of("b".repeat(9_000)));

    assertEquals(other, one.and(other));
  }
}

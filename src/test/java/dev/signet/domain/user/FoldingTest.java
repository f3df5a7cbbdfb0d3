package dev.signet.domain.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {
  @ParameterizedTest
  @CsvSource({
    "Ada, ada",
    "\uFF21\uFF44\uFF41, ada", // full width
    "\uFB01nn, finn", // a ligature
    "e\u0301ve, \u00E9ve", // composed and decomposed
    "\u212Bsa, \u00E5sa", // the sign for angstrom
    "\u017Fam, sam", // a long s
    "STRASSE, stra\u00DFe",
    "STRA\u1E9EE, stra\u00DFe", // a capital sharp s
    "\u039F\u0394\u039F\u03A3, \u03BF\u03B4\u03BF\u03C2", // a final sigma
    "\u0406\u0432\u0430\u043D, \u0456\u0432\u0430\u043D"
  })
  void textsThatDifferInFormOrCaseOnlyAreEqual(String one, String other) {
    assertEquals(Folding.key(one), Folding.key(other));
  }

  @ParameterizedTest
  @CsvSource({"ada, ad\u00E1", "ada, ad0", "l1, ll", "a.b, a-b", "a.b, ab"})
  void textsThatReadDifferentlyStayDifferent(String one, String other) {
    assertNotEquals(Folding.key(one), Folding.key(other));
  }

  @Test
  void caseOfNoCharacterMatters() {
    assertEquals(List.of(), unequal(text -> text.toUpperCase(Locale.ROOT)));
    assertEquals(List.of(), unequal(text -> text.toLowerCase(Locale.ROOT)));
  }

  @Test
  void compositionOfNoCharacterMatters() {
    assertEquals(List.of(), unequal(text -> Normalizer.normalize(text, Normalizer.Form.NFKD)));
  }

  @Test
  void foldingAKeyChangesNothing() {
    assertEquals(List.of(), unequal(Folding::key));
  }

  /**
   * Where a sigma stands must not decide what it equals: a part of a name is searched by its key.
   */
  @Test
  void keyOfAWordsBeginningBeginsItsKey() {
    String name = "\u03BA\u03CE\u03C3\u03C4\u03B1\u03C3";

    assertTrue(Folding.key(name + "abc").startsWith(Folding.key(name)));
  }

  /** The characters, each between two letters, whose change makes another key. */
  private static List<String> unequal(UnaryOperator<String> change) {
    List<String> found = new ArrayList<>();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
        String text = "a" + Character.toString(c) + "b";
        String changed = change.apply(text);
        if (!changed.equals(text) && !Folding.key(changed).equals(Folding.key(text))) {
          found.add("U+%04X".formatted(c));
        }
      }
    }
    return found;
  }
}

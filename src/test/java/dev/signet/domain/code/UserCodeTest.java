package dev.signet.domain.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserCodeTest {
  @Test
  void codesAreShownInTwoHalvesOfConsonants() {
    Set<UserCode> codes = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      UserCode code = UserCode.random();
      assertTrue(code.text().matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}"));
      assertEquals(Optional.of(code), UserCode.parse(code.text()));
      codes.add(code);
    }
    assertEquals(1_000, codes.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"BCDF-GHJK", "bcdfghjk", " BcDf – gHjK ", "b.c.d.f g_h_j_k", "BCDF—GHJK"})
  void caseAndSeparatorsMeanNothing(String typed) {
    assertEquals(Optional.of(new UserCode("BCDFGHJK")), UserCode.parse(typed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "BCDF-GHJ", "BCDF-GHJKL", "ABCD-FGHJ", "BCDF-GHJ1", "ВCDF-GHJK", "\u0000"})
  void whatIsNoCodeIsNone(String typed) {
    assertEquals(Optional.empty(), UserCode.parse(typed));
    assertEquals(Optional.empty(), UserCode.parse("BCDFGHJK" + "-".repeat(40)));
  }

  @Test
  void codeIsNotInItsText() {
    assertEquals("UserCode[]", UserCode.random().toString());
  }
}

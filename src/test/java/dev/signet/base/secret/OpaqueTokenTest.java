package dev.signet.base.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class OpaqueTokenTest {
  @Test
  void tokenHas256BitsAndIsFitForHeadersAndCookies() {
    OpaqueToken token = OpaqueToken.random();

    assertTrue(token.value().matches("[A-Za-z0-9_-]{43}"), token.value());
    assertNotEquals(token.value(), OpaqueToken.random().value());
  }

  @Test
  void otherTextsHaveNotTheFormOfATokenThatIsIssued() {
    String issued = OpaqueToken.random().value();

    assertTrue(new OpaqueToken(issued).hasForm());
    for (String text : List.of("", "unknown", issued + "A", issued.substring(1), "=".repeat(43))) {
      assertFalse(new OpaqueToken(text).hasForm(), text);
    }
  }

  @Test
  void hashIsSha256() {
    assertEquals("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0", new OpaqueToken("abc").hash());
  }

  @Test
  void tokenIsInNoText() {
    OpaqueToken token = OpaqueToken.random();

    assertFalse(token.toString().contains(token.value()));
  }
}

package dev.signet.base.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.domain.keys.TestNode;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final Seal SEAL = new Seal(TestNode.ENCRYPTION);

  @Test
  void whatIsSealedOpensAgain() throws Exception {
    String sealed = SEAL.seal("key-1", "secret é");

    assertFalse(sealed.contains("secret"));
    assertEquals("secret é", SEAL.open("key-1", sealed));
  }

  @Test
  void sealingTwiceGivesDifferentTexts() {
    assertNotEquals(SEAL.seal("key-1", "secret"), SEAL.seal("key-1", "secret"));
  }

  @Test
  void sealedKeyCannotTakeAnothersPlace() {
    String sealed = SEAL.seal("key-1", "secret");

    assertThrows(GeneralSecurityException.class, () -> SEAL.open("key-2", sealed));
  }

  @Test
  void changedOrCutTextDoesNotOpen() {
    String sealed = SEAL.seal("key-1", "secret");
    char first = sealed.charAt(0) == 'A' ? 'B' : 'A';

    for (String changed :
        List.of(
            first + sealed.substring(1),
            sealed.substring(4),
            sealed.substring(0, 20),
            "",
            "not base64!")) {
      assertThrows(GeneralSecurityException.class, () -> SEAL.open("key-1", changed), changed);
    }
  }
}

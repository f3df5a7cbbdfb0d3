package dev.signet.domain.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginTest {
  @Test
  void headerIsCutAndCleanedForTheDatabase() {
    assertEquals("Browser 1.0", login("Brow\0ser\r\n 1.0").userAgent());
    assertEquals("a", login("a\ud83d").userAgent());
    assertEquals(256, login("x".repeat(1000)).userAgent().length());
  }

  @Test
  void absentHeaderIsEmpty() {
    assertEquals("", login(null).userAgent());
  }

  private static Login login(String userAgent) {
    return new Login(null, "192.0.2.1", userAgent, Optional.empty(), false);
  }
}

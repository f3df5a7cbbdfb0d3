package dev.signet.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcrTest {
  private static final Instant LOGIN = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration FRESH = Duration.ofMinutes(15);

  @Test
  void loginIsFreshUntilTheTimeIsOver() {
    assertEquals(Acr.FRESH, Acr.of(LOGIN, LOGIN, FRESH));
    assertEquals(Acr.FRESH, Acr.of(LOGIN, LOGIN.plus(FRESH), FRESH));
    assertEquals(Acr.PASSWORD, Acr.of(LOGIN, LOGIN.plus(FRESH).plusMillis(1), FRESH));
  }

  @Test
  void freshPasswordIsAlsoAPassword() {
    assertTrue(Acr.FRESH.reaches(Acr.PASSWORD));
    assertTrue(Acr.PASSWORD.reaches(Acr.PASSWORD));
    assertFalse(Acr.PASSWORD.reaches(Acr.FRESH));
  }

  @Test
  void firstKnownValueIsPreferred() {
    assertEquals(
        Optional.of(Acr.FRESH), Acr.preferred("phr urn:signet:acr:fresh urn:signet:acr:password"));
    assertEquals(Optional.of(Acr.PASSWORD), Acr.preferred("urn:signet:acr:password"));
    assertEquals(Optional.empty(), Acr.preferred("phr"));
    assertEquals(Optional.empty(), Acr.preferred(""));
  }
}

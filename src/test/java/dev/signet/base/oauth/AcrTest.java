package dev.signet.base.oauth;

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

  /** They are alternatives (OIDC Core, sections 3.1.2.1 and 5.5.1.1). */
  @Test
  void lowestKnownValueIsEnough() {
    assertEquals(
        Optional.of(Acr.PASSWORD), Acr.least("phr urn:signet:acr:fresh urn:signet:acr:password"));
    assertEquals(
        Optional.of(Acr.PASSWORD), Acr.least("urn:signet:acr:password urn:signet:acr:fresh"));
    assertEquals(Optional.of(Acr.FRESH), Acr.least("phr urn:signet:acr:fresh"));
    assertEquals(Optional.empty(), Acr.least("phr"));
    assertEquals(Optional.empty(), Acr.least(""));
  }
}

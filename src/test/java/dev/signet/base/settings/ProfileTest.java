package dev.signet.base.settings;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.settings.value.AssertionAudience;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {
  @Test
  void fapi2SetsWhatItDemands() {
    Settings settings = fapi2(Map.of());

    assertTrue(settings.authorization().onlyPushed());
    assertEquals(AssertionAudience.ISSUER, settings.clients().assertionAudience());
    assertFalse(settings.refresh().rotation());
    assertEquals(KeySettings.Algorithm.ES256, settings.keys().algorithm());
    assertEquals(
        List.of("ES256", "PS256"),
        settings.profile().permitted(List.of("ES256", "PS256", "RS256")));
  }

  @ParameterizedTest
  @CsvSource({
    "signet.par.required, false",
    "signet.client.assertion.audience, any",
    "signet.refresh.rotation, true",
    "signet.keys.algorithm, RS256"
  })
  void settingThatContradictsTheProfileStopsTheStart(String key, String value) {
    InvalidSettings refused = assertThrows(InvalidSettings.class, () -> fapi2(Map.of(key, value)));

    assertTrue(
        refused.getMessage().contains("signet.profile=fapi2 needs " + key), refused::toString);
  }

  @Test
  void settingThatRepeatsTheProfileIsNoFault() {
    assertDoesNotThrow(() -> fapi2(Map.of("signet.par.required", "true")));
  }

  @Test
  void tokensOfTheProfileGoOverTls() {
    assertThrows(
        InvalidSettings.class, () -> fapi2(Map.of("signet.issuer", "http://id.example.org")));
    assertDoesNotThrow(() -> fapi2(Map.of("signet.issuer", "https://id.example.org")));
    assertDoesNotThrow(() -> fapi2(Map.of("signet.issuer", "http://localhost:8080")));
  }

  @Test
  void clocksOfClientsMayBeTenSecondsAhead() {
    assertThrows(InvalidSettings.class, () -> fapi2(Map.of("signet.token.skew", "PT9S")));
    assertDoesNotThrow(() -> fapi2(Map.of("signet.token.skew", "PT10S")));
  }

  @Test
  void keyForAnotherAlgorithmStopsTheStart() {
    InvalidSettings refused =
        assertThrows(InvalidSettings.class, () -> Profile.FAPI2.checkSigning("RS256"));

    assertTrue(refused.getMessage().contains("P-256"), refused::toString);
    assertDoesNotThrow(() -> Profile.FAPI2.checkSigning("ES256"));
    assertDoesNotThrow(() -> Profile.NONE.checkSigning("RS256"));
  }

  private static Settings fapi2(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put("signet.profile", "fapi2");
    return Settings.read(key -> Optional.ofNullable(values.get(key)));
  }
}

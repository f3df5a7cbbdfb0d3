package dev.signet.domain.client;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.secret.PairwiseSubjects;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.wiring.TestWiring;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubjectSaltCheckTest {
  private static final Map<String, String> PRODUCTION =
      Map.of(
          "signet.production", "true",
          "signet.issuer", "https://id.example.org",
          "signet.database.url", "jdbc:postgresql://db/signet",
          "signet.keys.private.file", "key.pem");

  @Test
  void productionDoesNotStartWithAChangedSalt() {
    InvalidSettings refusal = assertThrows(InvalidSettings.class, check(PRODUCTION, true)::start);

    assertTrue(refusal.getMessage().startsWith("signet.production"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("signet.subject.salt"), refusal.getMessage());
    assertDoesNotThrow(check(PRODUCTION, false)::start);
  }

  @Test
  void developmentGoesOnWithAChangedSalt() {
    assertDoesNotThrow(check(Map.of(), true)::start);
  }

  private static SubjectSaltCheck check(Map<String, String> values, boolean isChanged) {
    Settings settings = Settings.read(key -> Optional.ofNullable(values.get(key)));
    SubjectSalt salt =
        new SubjectSalt(new PairwiseSubjects(settings.subjects())) {
          @Override
          public boolean isChanged() {
            return isChanged;
          }
        };
    return TestWiring.make(SubjectSaltCheck.class, settings, salt);
  }
}

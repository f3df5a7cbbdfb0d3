package dev.signet.web.mechanism;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.MetricsSettings;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.route.TestHttp;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrapeSecretTest {
  private static final String SECRET = "Bearer the-secret-of-the-scraper";
  private static final String METRICS = "/signet/metrics";

  @Test
  void secretOpensTheMetricsAndNothingElse() throws InvalidToken {
    assertTrue(TestTokens.SCRAPE_SECRET.isIn(TestHttp.request(METRICS, true, SECRET)));
    assertTrue(
        TestTokens.bearerAt(TestTokens.NOW)
            .authenticate(TestHttp.request(METRICS, true, SECRET))
            .isEmpty());
    for (String path : new String[] {"/signet/api/me", "/metrics", "/signet/"}) {
      assertFalse(TestTokens.SCRAPE_SECRET.isIn(TestHttp.request(path, true, SECRET)), path);
      assertThrows(
          InvalidToken.class,
          () ->
              TestTokens.bearerAt(TestTokens.NOW)
                  .authenticate(TestHttp.request(path, true, SECRET)),
          path);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer the-secret-of-the-scrape",
        "Bearer the-secret-of-the-scraper!",
        "Bearer The-Secret-Of-The-Scraper",
        "Bearer ",
        "the-secret-of-the-scraper",
        "Basic the-secret-of-the-scraper"
      })
  void otherTextsAreNotTheSecret(String header) {
    assertFalse(TestTokens.SCRAPE_SECRET.isIn(TestHttp.request(METRICS, true, header)));
  }

  @Test
  void whatIsNoJwtIsAnAttemptAtTheSecret() {
    for (String attempt : new String[] {"wrong", "a.b.c", "the-secret-of-the-scraper"}) {
      assertTrue(
          TestTokens.SCRAPE_SECRET.isTried(TestHttp.request(METRICS, true, "Bearer " + attempt)),
          attempt);
    }
    for (String header : new String[] {"Bearer eyJhbGciOiJSUzI1NiJ9.e30.AA", "Basic d3Jvbmc="}) {
      assertFalse(
          TestTokens.SCRAPE_SECRET.isTried(TestHttp.request(METRICS, true, header)), header);
    }
    assertFalse(TestTokens.SCRAPE_SECRET.isTried(TestHttp.request("/signet/api/me", true, SECRET)));
  }

  @Test
  void withoutASecretNothingIsOne() {
    ScrapeSecret none = new ScrapeSecret(new MetricsSettings(Optional.empty(), false));

    assertFalse(none.isIn(TestHttp.request(METRICS, true, "Bearer ")));
    assertFalse(none.isTried(TestHttp.request(METRICS, true, "Bearer wrong")));
    assertFalse(none.isIn(TestHttp.request(METRICS, true)));
  }
}

package dev.signet.web.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.CorsSettings;
import dev.signet.base.settings.Settings;
import dev.signet.web.route.TestHttp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  private static final HttpServletRequest OVER_TLS = TestHttp.request("/signet/api/login", true);
  private static final HttpServletRequest PLAIN = TestHttp.request("/signet/api/login", false);

  private final Origins development = origins(Map.of());

  @Test
  void listenerOfTheDevelopersComputerIsAnOwnOrigin() {
    assertTrue(development.isTrusted("https://localhost:8443", OVER_TLS));
    assertTrue(development.isTrusted("http://localhost:8080", PLAIN));
    for (String host : List.of("127.0.0.1", "[::1]")) {
      Origins named = origins(Map.of("signet.issuer", "http://" + host + ":8080"));

      assertTrue(named.isTrusted("https://" + host + ":8443", OVER_TLS), host);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8443",
        "https://localhost:8080",
        "https://localhost:3000",
        "https://localhost",
        "https://127.0.0.1:8443",
        "https://[::1]:8443",
        "https://localhost.attacker.example:8443",
        "https://attacker.example:8443",
        "https://198.51.100.9:8443",
        "https://localhost:8443/",
        "null",
        ""
      })
  void otherOriginsAreNotEvenThere(String origin) {
    assertFalse(development.isTrusted(origin, OVER_TLS));
  }

  /** A name that an attacker points to this computer is in Host, and in Origin. */
  @Test
  void forgedHostMakesNoOriginTrusted() {
    HttpServletRequest forged =
        TestHttp.request(
            "POST", "/signet/api/login", Map.of("Host", List.of("attacker.example:8443")));

    assertFalse(development.isTrusted("https://attacker.example:8443", forged));
  }

  @Test
  void publicIssuerAndProductionTrustNoListener() {
    Origins published = origins(Map.of("signet.issuer", "https://id.example.org"));

    assertFalse(published.isTrusted("https://localhost:8443", OVER_TLS));
    assertTrue(published.isTrusted("https://id.example.org", OVER_TLS));

    Origins production =
        origins(
            Map.of(
                "signet.issuer", "https://localhost",
                "signet.production", "true",
                "signet.database.url", "jdbc:postgresql://db.example.org/signet",
                "signet.keys.store", "database",
                "signet.keys.encryption", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));

    assertFalse(production.isTrusted("https://localhost:8443", OVER_TLS));
    assertEquals("https://localhost", production.own());
  }

  private static Origins origins(Map<String, String> settings) {
    return new Origins(
        Settings.read(key -> Optional.ofNullable(settings.get(key))), new CorsSettings(Set.of()));
  }
}

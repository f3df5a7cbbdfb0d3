package dev.signet.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.keys.InvalidToken;
import dev.signet.settings.CorsSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
  private static final String ALLOW = "Access-Control-Allow-Origin";
  private static final String LISTED = "https://app.example.org";

  private final Cors cors = new Cors(TestTokens.ORIGINS);
  private final TestHttp.Answer answer = new TestHttp.Answer();

  @Test
  void listedOriginMayReadTheApiWithCookies() {
    cors.set(from(LISTED), answer.response());

    assertEquals(LISTED, answer.header(ALLOW));
    assertEquals("true", answer.header("Access-Control-Allow-Credentials"));
    assertEquals(
        "DPoP-Nonce, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-CSRF-Token",
        answer.header("Access-Control-Expose-Headers"));
    assertEquals("Origin", answer.header("Vary"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "*",
        "https://app.example.org.attacker.example",
        "https://attacker.example/https://app.example.org",
        "https://app.example.org:8443",
        "http://app.example.org",
        "https://APP.example.org",
        "https://id.example.org"
      })
  void otherOriginsMayNot(String origin) {
    cors.set(from(origin), answer.response());

    assertNull(answer.header(ALLOW));
    assertNull(answer.header("Access-Control-Allow-Credentials"));
    assertEquals("Origin", answer.header("Vary"));
    assertFalse(cors.isPreflight(preflight("/signet/api/me", origin)));
  }

  @Test
  void nothingIsSaidOutsideTheApi() {
    cors.set(
        TestHttp.request("GET", "/signet/docs/", Map.of("Origin", List.of(LISTED))),
        answer.response());

    assertNull(answer.header(ALLOW));
    assertFalse(cors.isPreflight(preflight("/signet/docs/", LISTED)));
  }

  @Test
  void nothingIsSaidWhenNoOriginIsListed() {
    Cors off = new Cors(new Origins(TestTokens.SETTINGS, new CorsSettings(Set.of())));

    off.set(from(LISTED), answer.response());

    assertNull(answer.header(ALLOW));
    assertNull(answer.header("Vary"));
    assertFalse(off.isPreflight(preflight("/signet/api/me", LISTED)));
  }

  @Test
  void preflightOfAListedOriginIsAnswered() {
    assertTrue(cors.isPreflight(preflight("/signet/api/me", LISTED)));
    assertFalse(cors.isPreflight(from(LISTED)));
    assertFalse(
        cors.isPreflight(
            TestHttp.request("OPTIONS", "/signet/api/me", Map.of("Origin", List.of(LISTED)))));

    cors.answerPreflight(preflight("/signet/api/me", LISTED), answer.response());

    assertEquals(204, answer.status());
    assertEquals(
        "Authorization, Content-Type, DPoP, X-CSRF-Token",
        answer.header("Access-Control-Allow-Headers"));
    assertEquals("GET, POST, PUT, PATCH, DELETE", answer.header("Access-Control-Allow-Methods"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/signet/oauth2/token",
        "/signet/oauth2/revoke",
        "/signet/oauth2/userinfo",
        "/signet/oauth2/par"
      })
  void whatClientsInBrowsersCallIsForAllOriginsWithoutCookies(String path) {
    HttpServletRequest preflight = preflight(path, "https://spa.example");
    assertTrue(cors.isPreflight(preflight));

    cors.set(preflight, answer.response());
    cors.answerPreflight(preflight, answer.response());

    assertEquals("*", answer.header(ALLOW));
    assertNull(answer.header("Access-Control-Allow-Credentials"));
    assertEquals(
        "Authorization, Content-Type, DPoP", answer.header("Access-Control-Allow-Headers"));
    assertEquals("GET, POST", answer.header("Access-Control-Allow-Methods"));
    assertTrue(answer.header("Access-Control-Expose-Headers").contains("DPoP-Nonce"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/signet/oauth2/introspect",
        "/signet/oauth2/authorize",
        "/signet/oauth2/register",
        "/signet/oauth2/token/x",
        "/signet/oauth2/token;x"
      })
  void otherEndpointsAreNotForPagesOfOtherOrigins(String path) {
    assertFalse(cors.isPreflight(preflight(path, LISTED)));
    cors.set(preflight(path, LISTED), answer.response());
    assertNull(answer.header(ALLOW));
  }

  @Test
  void refusalOfTheMechanismCanBeReadToo() throws Exception {
    TestTokens.EARLY_ANSWER.refuse(
        new InvalidToken(InvalidToken.Reason.EXPIRED), from(LISTED), answer.response());

    assertEquals(401, answer.status());
    assertEquals(LISTED, answer.header(ALLOW));
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
  }

  private static HttpServletRequest from(String origin) {
    return TestHttp.request("GET", "/signet/api/me", Map.of("Origin", List.of(origin)));
  }

  private static HttpServletRequest preflight(String path, String origin) {
    return TestHttp.request(
        "OPTIONS",
        path,
        Map.of("Origin", List.of(origin), "Access-Control-Request-Method", List.of("POST")));
  }
}

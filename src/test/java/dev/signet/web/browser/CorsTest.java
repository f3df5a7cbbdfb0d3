package dev.signet.web.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.OAuthApplication;
import dev.signet.base.route.Route;
import dev.signet.base.route.Routes;
import dev.signet.base.settings.CorsSettings;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.mechanism.TestTokens;
import dev.signet.web.route.TestHttp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @CsvSource({
    "/signet/oauth2/token, POST",
    "/signet/oauth2/revoke, POST",
    "/signet/oauth2/introspect, POST",
    "/signet/oauth2/par, POST",
    "/signet/oauth2/device_authorization, POST",
    "/signet/oauth2/register, POST",
    "/signet/oauth2/register/some-client, 'GET, HEAD, PUT, DELETE'",
    "/signet/oauth2/userinfo, 'GET, HEAD, POST'",
    "/signet/.well-known/jwks.json, 'GET, HEAD'",
    "/signet/.well-known/openid-configuration, 'GET, HEAD'",
    "/signet/.well-known/oauth-authorization-server/signet, 'GET, HEAD'",
    "/signet/api/openapi, 'GET, HEAD'",
    "/signet/api/health/ready, 'GET, HEAD'"
  })
  void whatTakesNoCookieIsForAllOriginsAndAllHeaders(String path, String methods) {
    HttpServletRequest preflight = preflight(path, "https://spa.example");
    assertTrue(cors.isPreflight(preflight));

    cors.set(preflight, answer.response());
    cors.answerPreflight(preflight, answer.response());

    assertEquals("*", answer.header(ALLOW));
    assertNull(answer.header("Access-Control-Allow-Credentials"));
    assertEquals("Authorization, *", answer.header("Access-Control-Allow-Headers"));
    assertEquals(methods, answer.header("Access-Control-Allow-Methods"));
    assertTrue(answer.header("Access-Control-Expose-Headers").contains("DPoP-Nonce"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/signet/oauth2/authorize",
        "/signet/oauth2/%61uthorize",
        "/signet/oauth2/authorize;x",
        "/signet/oauth2/device",
        "/signet/oauth2/logout",
        "/signet/oauth2/token/x",
        "/signet/oauth2/token;x",
        "/signet/metrics",
        "/signet/docs/",
        "/signet/"
      })
  void pagesAndMetricsAreForNoOtherOrigin(String path) {
    assertFalse(cors.isPreflight(preflight(path, LISTED)));
    cors.set(preflight(path, LISTED), answer.response());
    assertNull(answer.header(ALLOW));
  }

  /** A new endpoint of OAuth must be declared as a page, or opened to pages of other origins. */
  @Test
  void everyOAuthEndpointIsEitherAPageOrForAllOrigins() {
    for (Class<?> endpoint : new OAuthApplication().getClasses()) {
      Path path = endpoint.getAnnotation(Path.class);
      if (path != null) {
        Route route = Routes.of("/oauth2/" + path.value());
        assertNotEquals(route.isPage(), route.crossOrigin().isPresent(), endpoint::getName);
      }
    }
  }

  @Test
  void listedOriginKeepsItsCookiesWhereAllOriginsAreAdmitted() {
    cors.set(
        TestHttp.request("GET", "/signet/api/openapi", Map.of("Origin", List.of(LISTED))),
        answer.response());

    assertEquals(LISTED, answer.header(ALLOW));
    assertEquals("true", answer.header("Access-Control-Allow-Credentials"));
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

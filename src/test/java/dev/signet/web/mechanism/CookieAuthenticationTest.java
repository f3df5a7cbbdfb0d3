package dev.signet.web.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.web.caller.CallerToken;
import dev.signet.web.route.TestHttp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for a token that comes by cookie. */
class CookieAuthenticationTest {
  private static final String CSRF = "kCnV3DrHkcYxVpIp3nKZ";
  private static final String COOKIE = "__Host-signet-access=";

  private final String token = TestTokens.adas(Optional.of(CSRF));
  private final BearerAuthentication bearer = TestTokens.bearerAt(TestTokens.NOW);

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void cookieAloneIsEnoughForWhatChangesNothing(String method) throws Exception {
    HttpServletRequest request = request(method, Map.of());

    assertEquals("Ada", bearer.authenticate(request).orElseThrow().getName());
    assertTrue(CallerToken.cookie(request).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "TRACE", "get", "X"})
  void everyOtherMethodNeedsTheHeader(String method) throws Exception {
    assertCsrf(request(method, Map.of()));

    assertTrue(bearer.authenticate(request(method, Map.of("X-CSRF-Token", CSRF))).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "kCnV3DrHkcYxVpIp3nK", "kCnV3DrHkcYxVpIp3nKZZ", "KCNV3DRHKCYXVPIP3NKZ"})
  void headerMustBeEqualToTheClaim(String presented) {
    assertCsrf(request("POST", Map.of("X-CSRF-Token", presented)));
  }

  @Test
  void secondCsrfHeaderIsRefused() {
    assertCsrf(
        TestHttp.request(
            "POST",
            "/signet/api/me",
            Map.of("Cookie", List.of(COOKIE + token), "X-CSRF-Token", List.of(CSRF, CSRF))));
  }

  /** A readable cookie that an attacker planted says nothing: the claim decides. */
  @Test
  void valueOfTheReadableCookieIsNotAsked() {
    assertCsrf(
        TestHttp.request(
            "POST",
            "/signet/api/me",
            Map.of(
                "Cookie", List.of(COOKIE + token + "; __Host-signet-csrf=planted"),
                "X-CSRF-Token", List.of("planted"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "https://attacker.example",
        "http://id.example.org",
        "https://id.example.org.attacker.example",
        "https://id.example.org:8443",
        "https://sub.id.example.org",
        "https://ID.example.org",
        "https://id.example.org/",
        "https://app.example.org.attacker.example",
        "https://id.example.org https://id.example.org"
      })
  void foreignOriginIsRefusedEvenWithTheRightHeader(String origin) {
    assertCsrf(request("POST", Map.of("X-CSRF-Token", CSRF, "Origin", origin)));
  }

  @ParameterizedTest
  @CsvSource({
    "https://id.example.org, same-origin",
    "https://app.example.org, same-site",
    "https://app.example.org, cross-site"
  })
  void ownAndListedOriginsPass(String origin, String site) throws Exception {
    HttpServletRequest request =
        request("POST", Map.of("X-CSRF-Token", CSRF, "Origin", origin, "Sec-Fetch-Site", site));

    assertTrue(bearer.authenticate(request).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "Same-Origin", "", "other"})
  void crossSiteRequestWithoutAListedOriginIsRefused(String site) {
    assertCsrf(request("POST", Map.of("X-CSRF-Token", CSRF, "Sec-Fetch-Site", site)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-origin", "same-site", "none"})
  void nearRequestPasses(String site) throws Exception {
    HttpServletRequest request =
        request("POST", Map.of("X-CSRF-Token", CSRF, "Sec-Fetch-Site", site));

    assertTrue(bearer.authenticate(request).isPresent());
  }

  @Test
  void refusedRequestHasNoCaller() {
    HttpServletRequest request = request("POST", Map.of());

    assertCsrf(request);
    assertEquals(Optional.empty(), CallerToken.of(request));
    assertEquals(Optional.empty(), CallerToken.cookie(request));
  }

  @Test
  void headerBeatsTheCookie() throws Exception {
    HttpServletRequest request =
        request("POST", Map.of("Authorization", "Bearer " + TestTokens.adas()));

    assertTrue(bearer.authenticate(request).isPresent());
    assertFalse(CallerToken.cookie(request).isPresent());
    HttpServletRequest bad = request("GET", Map.of("Authorization", "Bearer x"));
    assertThrows(InvalidToken.class, () -> bearer.authenticate(bad));
    assertEquals(
        Optional.empty(), bearer.authenticate(request("GET", Map.of("Authorization", "Basic x"))));
  }

  /** It would have no defence against other sites. */
  @Test
  void tokenThatWasMadeForTheHeaderIsRefusedInACookie() {
    HttpServletRequest request =
        TestHttp.request(
            "GET", "/signet/api/me", Map.of("Cookie", List.of(COOKIE + TestTokens.adas())));

    assertEquals(Reason.CLAIMS, refused(request).reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login",
        "refresh",
        "logout",
        "register",
        "health/live",
        "openapi",
        "login/",
        "health"
      })
  void cookieDoesNotCountWhereASessionBeginsOrEnds(String path) throws Exception {
    HttpServletRequest request =
        TestHttp.request("POST", "/signet/api/" + path, Map.of("Cookie", List.of(COOKIE + "x")));

    assertEquals(Optional.empty(), bearer.authenticate(request));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/signet/", "/signet/.well-known/jwks.json", "/signet/docs/api/me"})
  void cookieDoesNotCountOutsideTheApi(String path) throws Exception {
    HttpServletRequest request =
        TestHttp.request("GET", path, Map.of("Cookie", List.of(COOKIE + "x")));

    assertEquals(Optional.empty(), bearer.authenticate(request));
  }

  @Test
  void badOrDoubledCookieIsRefusedLikeAnyBadToken() {
    assertThrows(InvalidToken.class, () -> bearer.authenticate(cookies(COOKIE + "x")));
    assertEquals(Reason.MALFORMED, refused(cookies(COOKIE + token + "; " + COOKIE + "x")).reason());
    HttpServletRequest expired = cookies(COOKIE + token);
    BearerAuthentication later = TestTokens.bearerAt(TestTokens.NOW.plusSeconds(3600));
    assertEquals(
        Reason.EXPIRED,
        assertThrows(InvalidToken.class, () -> later.authenticate(expired)).reason());
  }

  @Test
  void cookieIsFoundAmongOthersAndNamesAreExact() throws Exception {
    assertTrue(bearer.authenticate(cookies("a=b;" + COOKIE + token + ";c")).isPresent());
    assertTrue(bearer.authenticate(cookies("a", COOKIE + token)).isPresent());
    assertEquals(Optional.empty(), bearer.authenticate(cookies("x" + COOKIE + token)));
    assertEquals(Optional.empty(), bearer.authenticate(cookies("__host-signet-access=" + token)));
    assertEquals(Optional.empty(), bearer.authenticate(cookies(COOKIE, "x")));
  }

  private HttpServletRequest request(String method, Map<String, String> headers) {
    Map<String, List<String>> all = new HashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    all.put("Cookie", List.of(COOKIE + token));
    return TestHttp.request(method, "/signet/api/me", all);
  }

  private static HttpServletRequest cookies(String... lines) {
    return TestHttp.request("GET", "/signet/api/me", Map.of("Cookie", List.of(lines)));
  }

  private void assertCsrf(HttpServletRequest request) {
    Refusal refusal = assertThrows(Refusal.class, () -> bearer.authenticate(request));
    assertEquals(Problem.CSRF, refusal.problem());
  }

  private InvalidToken refused(HttpServletRequest request) {
    return assertThrows(InvalidToken.class, () -> bearer.authenticate(request));
  }
}

package dev.signet.web.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.signet.base.settings.Settings;
import dev.signet.domain.token.AccessToken;
import dev.signet.domain.token.TokenPair;
import dev.signet.web.mechanism.TestTokens;
import dev.signet.web.route.TestHttp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionCookiesTest {
  private static final TokenPair TOKENS =
      new TokenPair(
          new AccessToken("a", Duration.ofMinutes(15), false),
          Optional.of("r"),
          Duration.ofDays(14),
          Optional.of("c"),
          false);

  @Test
  void attributesKeepTheTokensFromScriptsAndOtherSites() {
    assertEquals(
        List.of(
            "__Host-signet-access=a; Path=/; Max-Age=7776000; Secure; SameSite=Strict; HttpOnly",
            "__Secure-signet-refresh=r; Path=/api/refresh; Max-Age=7776000; Secure; SameSite=Strict;"
                + " HttpOnly",
            "__Host-signet-csrf=c; Path=/; Max-Age=7776000; Secure; SameSite=Strict"),
        set(TestTokens.COOKIES, TestHttp.request()));
  }

  @Test
  void clearedCookiesHaveTheNamesAndPathsOfTheOthers() {
    assertEquals(
        List.of(
            "__Host-signet-access=; Path=/; Max-Age=0; Secure; SameSite=Strict; HttpOnly",
            "__Secure-signet-refresh=; Path=/api/refresh; Max-Age=0; Secure; SameSite=Strict;"
                + " HttpOnly",
            "__Host-signet-csrf=; Path=/; Max-Age=0; Secure; SameSite=Strict"),
        cookies(TestTokens.COOKIES.clear(Response.noContent()).build()));
  }

  @Test
  void namesSameSiteAndThePathOfTheIssuerAreConfigured() {
    Settings settings =
        Settings.read(
            key ->
                Optional.ofNullable(
                    Map.of(
                            "signet.issuer", "https://example.org/id",
                            "signet.cookie.access", "__Host-a",
                            "signet.cookie.refresh", "__Secure-r",
                            "signet.cookie.csrf", "c",
                            "signet.cookie.same-site", "Lax")
                        .get(key)));

    assertEquals(
        List.of(
            "__Host-a=a; Path=/; Max-Age=7776000; Secure; SameSite=Lax; HttpOnly",
            "__Secure-r=r; Path=/id/api/refresh; Max-Age=7776000; Secure; SameSite=Lax; HttpOnly",
            "c=c; Path=/; Max-Age=7776000; Secure; SameSite=Lax"),
        set(
            new SessionCookies(settings.cookies(), settings, TestTokens.ORIGINS),
            TestHttp.request()));
  }

  @Test
  void ofTwoRefreshCookiesNoneCounts() {
    assertEquals(Optional.of("r"), refresh("__Secure-signet-refresh=r; a=b"));
    assertEquals(Optional.empty(), refresh("__Secure-signet-refresh=r; __Secure-signet-refresh=q"));
    assertEquals(Optional.empty(), refresh("a=b"));
  }

  @Test
  void pageOfAListedOriginGetsTheCsrfTokenInAHeader() {
    assertEquals("c", answer("https://app.example.org").getHeaderString("X-CSRF-Token"));
    assertNull(answer("https://id.example.org").getHeaderString("X-CSRF-Token"));
  }

  private static Response answer(String origin) {
    return TestTokens.COOKIES
        .set(
            Response.ok(),
            TOKENS,
            TestHttp.request("POST", "/signet/api/login", Map.of("Origin", List.of(origin))))
        .build();
  }

  private static List<Object> set(SessionCookies cookies, HttpServletRequest request) {
    return cookies(cookies.set(Response.ok(), TOKENS, request).build());
  }

  private static List<Object> cookies(Response answer) {
    return answer.getHeaders().get("Set-Cookie");
  }

  private static Optional<String> refresh(String cookies) {
    return TestTokens.COOKIES.refresh(
        TestHttp.request("POST", "/signet/api/refresh", Map.of("Cookie", List.of(cookies))));
  }
}

package dev.signet.web.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.OAuthApplication;
import dev.signet.base.origin.Sources;
import dev.signet.base.settings.Settings;
import dev.signet.base.wiring.TestWiring;
import dev.signet.endpoint.authorize.PushedRequestEndpoint;
import dev.signet.endpoint.logout.LogoutEndpoint;
import dev.signet.web.mechanism.TestTokens;
import dev.signet.web.route.TestHttp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SecurityHeadersTest {
  private static final Set<Package> PAGES =
      Set.of(PushedRequestEndpoint.class.getPackage(), LogoutEndpoint.class.getPackage());

  @Test
  void everyAnswerForbidsSniffingFramingAndReferrers() {
    TestHttp.Answer answer = answer("/signet/docs/", false);

    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    assertEquals("DENY", answer.header("X-Frame-Options"));
    assertEquals("no-referrer", answer.header("Referrer-Policy"));
    List<String> policy = List.of(answer.header("Content-Security-Policy").split("; "));
    assertTrue(policy.contains("default-src 'none'"), policy.toString());
    assertTrue(policy.contains("frame-ancestors 'none'"), policy.toString());
    assertTrue(policy.contains("form-action 'none'"), policy.toString());
    assertTrue(policy.contains("script-src 'self'"), policy.toString());
  }

  /** Browsers would stop the client's own redirects, and applications lose the window. */
  @Test
  void pagesOnTheWayToAClientMayLeadThere() {
    for (String page : pages()) {
      TestHttp.Answer answer = answer("/signet/oauth2/" + page, false);
      String policy = answer.header("Content-Security-Policy");
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self'"), policy);
      assertTrue(policy.endsWith("; frame-ancestors 'none'"), policy);
      assertEquals("unsafe-none", answer.header("Cross-Origin-Opener-Policy"));
      // Otherwise the Origin of their forms would be null, and no form taken.
      assertEquals("same-origin", answer.header("Referrer-Policy"));
    }
    TestHttp.Answer token = answer("/signet/oauth2/token", false);
    assertTrue(token.header("Content-Security-Policy").endsWith("; form-action 'none'"));
    assertEquals("same-origin", token.header("Cross-Origin-Opener-Policy"));
  }

  /** The first segments of the paths where people are answered. */
  private static Set<String> pages() {
    return new OAuthApplication()
        .getClasses().stream()
            .filter(type -> type != PushedRequestEndpoint.class)
            .filter(type -> PAGES.contains(type.getPackage()))
            .map(type -> type.getAnnotation(Path.class).value().split("/", 2)[0])
            .collect(Collectors.toSet());
  }

  @Test
  void logoMayBeLoadedFromWhereItIs() {
    Settings settings =
        Settings.read(
            key ->
                Optional.ofNullable(
                    Map.of("signet.brand.logo", "https://cdn.example.org/logo.svg").get(key)));
    TestHttp.Answer answer = new TestHttp.Answer();
    new SecurityHeaders(
            TestWiring.make(Sources.class, settings.sources()),
            settings.brand(),
            new DateHeader(Clock.systemUTC()))
        .set(TestHttp.request("/signet/", true), answer.response());

    assertTrue(
        answer
            .header("Content-Security-Policy")
            .contains("img-src 'self' data: https://cdn.example.org;"));
  }

  @Test
  void httpsIsAskedForOverHttpsOnly() {
    assertEquals("max-age=31536000", answer("/signet/", true).header("Strict-Transport-Security"));
    assertNull(answer("/signet/", false).header("Strict-Transport-Security"));
  }

  @Test
  void httpsThatEndedAtAProxyCountsIfTheProxyIsTrusted() {
    String maxAge = "max-age=31536000";

    assertEquals(maxAge, transportSecurity("10.0.0.7", "https"));
    assertNull(transportSecurity("10.0.0.7", "http"));
    assertNull(transportSecurity("198.51.100.9", "https"));
  }

  private static String transportSecurity(String peer, String protocol) {
    return answer(TestHttp.plain(peer, "X-Forwarded-Proto", protocol))
        .header("Strict-Transport-Security");
  }

  @Test
  void otherOriginsGetNoHoldOfPages() {
    TestHttp.Answer answer = answer("/signet/", false);

    assertEquals("same-origin", answer.header("Cross-Origin-Opener-Policy"));
    assertEquals("same-origin", answer.header("Cross-Origin-Resource-Policy"));
    assertTrue(answer.header("Permissions-Policy").contains("camera=()"));
  }

  @Test
  void answersOfTheApiAndToClientsAreStoredNowhere() {
    assertEquals("no-store", answer("/signet/api/me", true).header("Cache-Control"));
    assertEquals("no-store", answer("/signet/oauth2/userinfo", true).header("Cache-Control"));
    assertEquals("no-store", answer("/signet/oauth2/login", true).header("Cache-Control"));
    assertEquals("no-store", answer("/signet/metrics", true).header("Cache-Control"));
    assertEquals("no-cache", answer("/signet/oauth2/token", true).header("Pragma"));
    assertNull(answer("/signet/.well-known/jwks.json", true).header("Cache-Control"));
    assertNull(answer("/signet/docs/api/x", true).header("Cache-Control"));
  }

  private static TestHttp.Answer answer(String uri, boolean secure) {
    return answer(TestHttp.request(uri, secure));
  }

  private static TestHttp.Answer answer(HttpServletRequest request) {
    TestHttp.Answer answer = new TestHttp.Answer();
    TestTokens.HEADERS.set(request, answer.response());
    return answer;
  }
}

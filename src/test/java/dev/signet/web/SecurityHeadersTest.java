package dev.signet.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecurityHeadersTest {
  @Test
  void everyAnswerForbidsSniffingFramingAndReferrers() {
    TestHttp.Answer answer = answer("/signet/docs/", false);

    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    assertEquals("no-referrer", answer.header("Referrer-Policy"));
    List<String> policy = List.of(answer.header("Content-Security-Policy").split("; "));
    assertTrue(policy.contains("default-src 'none'"), policy.toString());
    assertTrue(policy.contains("frame-ancestors 'none'"), policy.toString());
    assertTrue(policy.contains("form-action 'none'"), policy.toString());
    assertTrue(policy.contains("script-src 'self'"), policy.toString());
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
  void answersOfTheApiAreStoredNowhere() {
    assertEquals("no-store", answer("/signet/api/me", true).header("Cache-Control"));
    assertEquals("no-store", answer("/signet/metrics", true).header("Cache-Control"));
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

package dev.signet.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void answersOfTheApiAreStoredNowhere() {
    assertEquals("no-store", answer("/signet/api/me", true).header("Cache-Control"));
    assertNull(answer("/signet/.well-known/jwks.json", true).header("Cache-Control"));
    assertNull(answer("/signet/docs/api/x", true).header("Cache-Control"));
  }

  private static TestHttp.Answer answer(String uri, boolean secure) {
    TestHttp.Answer answer = new TestHttp.Answer();
    SecurityHeaders.set(TestHttp.request(uri, secure), answer.response());
    return answer;
  }
}

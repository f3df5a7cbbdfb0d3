package dev.signet.web.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.web.route.TestHttp;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class AuthenticationFilterTest {
  private final AuthenticationFilter filter =
      new AuthenticationFilter(TestTokens.bearerAt(TestTokens.NOW), TestTokens.EARLY_ANSWER);
  private final TestHttp.Answer answer = new TestHttp.Answer();
  private HttpServletRequest passed;

  @Test
  void callerIsThePrincipalOfTheRequest() throws Exception {
    filter(TestHttp.request("Bearer " + TestTokens.adas()));

    assertTrue(passed.getUserPrincipal() instanceof JsonWebToken);
    assertEquals("Ada", passed.getUserPrincipal().getName());
    assertEquals("Ada", passed.getRemoteUser());
    assertEquals("MP-JWT", passed.getAuthType());
  }

  @Test
  void groupsAreTheRoles() throws Exception {
    filter(TestHttp.request("Bearer " + TestTokens.adas()));

    assertTrue(passed.isUserInRole("user"));
    assertTrue(passed.isUserInRole("admin"));
    assertFalse(passed.isUserInRole("Admin"));
    assertFalse(passed.isUserInRole("other"));
  }

  @Test
  void anonymousRequestPassesAsItIs() throws Exception {
    HttpServletRequest request = TestHttp.request();

    filter(request);

    assertSame(request, passed);
    assertNull(passed.getUserPrincipal());
    assertFalse(passed.isUserInRole("user"));
  }

  @Test
  void badTokenEndsTheRequestWithAChallengeAndTheSecurityHeaders() throws Exception {
    filter(TestHttp.request("/signet/api/me", true, "Bearer x"));

    assertNull(passed);
    assertEquals(401, answer.status());
    assertTrue(answer.isCommitted());
    assertEquals(
        "Bearer realm=\"Signet\", error=\"invalid_token\","
            + " error_description=\"The access token is invalid.\""
            + ", DPoP algs=\"ES256 PS256 RS256\"",
        answer.header("WWW-Authenticate"));
    assertEquals("no-store", answer.header("Cache-Control"));
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
  }

  /** RFC 6749, section 5.2. */
  @Test
  void endpointOfOAuthRefusesABadTokenInItsOwnWords() throws Exception {
    filter(TestHttp.request("/signet/oauth2/userinfo", true, "Bearer x"));

    assertEquals(401, answer.status());
    assertEquals("application/json", answer.header("Content-Type"));
    assertEquals(
        "{\"error\":\"invalid_token\"," + "\"error_description\":\"The access token is invalid.\"}",
        answer.body());
    assertTrue(answer.header("WWW-Authenticate").contains("error=\"invalid_token\""));
    assertEquals("no-store", answer.header("Cache-Control"));
  }

  private void filter(HttpServletRequest request) throws Exception {
    filter.doFilter(
        request, answer.response(), (next, response) -> passed = (HttpServletRequest) next);
  }
}

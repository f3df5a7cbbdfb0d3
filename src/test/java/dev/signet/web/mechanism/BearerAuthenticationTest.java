package dev.signet.web.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.web.caller.CallerToken;
import dev.signet.web.route.TestHttp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerAuthenticationTest {
  private final String token = TestTokens.adas();
  private final BearerAuthentication bearer = TestTokens.bearerAt(TestTokens.NOW);

  @Test
  void requestWithoutAuthorizationIsAnonymous() throws Exception {
    HttpServletRequest request = TestHttp.request();

    assertEquals(Optional.empty(), bearer.authenticate(request));
    assertEquals(Optional.empty(), CallerToken.of(request));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic YWRhOnNlY3JldA==", "Bearer", "BearerX abc", "Token Bearer x"})
  void otherSchemesAreNobodysBearerToken(String header) throws Exception {
    assertEquals(Optional.empty(), bearer.authenticate(TestHttp.request(header)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
  void validTokenIsTheCaller(String scheme) throws Exception {
    CallerToken caller = bearer.authenticate(TestHttp.request(scheme + token)).orElseThrow();

    assertEquals("Ada", caller.getName());
    assertEquals("42", caller.getSubject());
    assertEquals(token, caller.getRawToken());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "Bearer x", "Bearer a.b.c", "Bearer null"})
  void bearerTokenThatDoesNotPassIsRefused(String header) {
    HttpServletRequest request = TestHttp.request(header);

    assertThrows(InvalidToken.class, () -> bearer.authenticate(request));
    assertEquals(Optional.empty(), CallerToken.of(request));
  }

  @Test
  void expiredTokenIsRefusedAsExpired() {
    BearerAuthentication later = TestTokens.bearerAt(TestTokens.NOW.plusSeconds(3600));

    assertEquals(Reason.EXPIRED, refused(later, TestHttp.request("Bearer " + token)).reason());
  }

  @Test
  void nothingMayFollowTheToken() {
    assertThrows(
        InvalidToken.class, () -> bearer.authenticate(TestHttp.request("Bearer " + token + " x")));
    assertThrows(
        InvalidToken.class, () -> bearer.authenticate(TestHttp.request("Bearer " + token + ",x")));
  }

  /** RFC 6749, section 5.2: clients are refused in other words; public documents are for all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/oauth2/token",
        "/oauth2/introspect",
        "/oauth2/authorize",
        "/oauth2/register/someone",
        "/.well-known/jwks.json"
      })
  void whatTakesNoAccessTokenIgnoresIt(String path) throws Exception {
    for (String header : new String[] {"Bearer x", "DPoP x", "Bearer " + token}) {
      HttpServletRequest request = TestHttp.request("/signet" + path, true, header);

      assertEquals(Optional.empty(), bearer.authenticate(request));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/oauth2/userinfo", "/oauth2/register", "/api/me", "/docs/", "/oauth2"})
  void elsewhereABadTokenIsRefused(String path) {
    assertThrows(
        InvalidToken.class,
        () -> bearer.authenticate(TestHttp.request("/signet" + path, true, "Bearer x")));
  }

  /** Which one a proxy looked at cannot be known. */
  @Test
  void secondAuthorizationHeaderIsRefused() {
    for (HttpServletRequest request :
        new HttpServletRequest[] {
          TestHttp.request("Bearer " + token, "Bearer " + token),
          TestHttp.request("Bearer " + token, "Basic YWRhOnNlY3JldA=="),
          TestHttp.request("Basic YWRhOnNlY3JldA==", "Bearer " + token)
        }) {
      assertEquals(Reason.MALFORMED, refused(bearer, request).reason());
    }
  }

  @Test
  void callerIsKeptWithTheRequest() throws Exception {
    HttpServletRequest request = TestHttp.request("Bearer " + token);

    CallerToken first = bearer.authenticate(request).orElseThrow();

    assertSame(first, bearer.authenticate(request).orElseThrow());
    assertSame(first, CallerToken.of(request).orElseThrow());
  }

  private static InvalidToken refused(BearerAuthentication bearer, HttpServletRequest request) {
    return assertThrows(InvalidToken.class, () -> bearer.authenticate(request));
  }
}

package dev.signet.web.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.web.caller.CallerToken;
import dev.signet.web.error.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopeFilterTest {
  @Test
  void tokenOfAUserNeedsTheScope() {
    assertTrue(reaches(Map.of("sub", "u", "client_id", "signet", "scope", "api")));
    assertTrue(reaches(Map.of("sub", "u", "client_id", "shop", "scope", "openid api")));
    assertFalse(reaches(Map.of("sub", "u", "client_id", "shop", "scope", "openid")));
    assertFalse(reaches(Map.of("sub", "u", "client_id", "shop", "scope", "apis xapi API")));
    assertFalse(reaches(Map.of("sub", "u", "client_id", "shop")));
  }

  @Test
  void clientThatActsForItselfHasItsGroups() {
    assertTrue(reaches(Map.of("sub", "shop", "client_id", "shop", "scope", "")));
  }

  @Test
  void withoutATokenTheRolesDecide() {
    assertTrue(ScopeFilter.reaches(CallerToken.NONE));
  }

  @Test
  void challengeIsThatOfRfc6750() {
    assertEquals(
        "Bearer realm=\"Signet\", error=\"insufficient_scope\", scope=\"api\""
            + ", DPoP algs=\"ES256 PS256 RS256\"",
        new Problems(TestTokens.SETTINGS)
            .outOfScope("api", false)
            .toResponse()
            .getHeaderString("WWW-Authenticate"));
  }

  private static boolean reaches(Map<String, Object> claims) {
    return ScopeFilter.reaches(new CallerToken(TestTokens.verified(claims)));
  }
}

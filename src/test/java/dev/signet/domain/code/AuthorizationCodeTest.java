package dev.signet.domain.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Scope;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.TestRegistration;
import dev.signet.domain.session.BrowserSession;
import dev.signet.domain.session.Granted;
import dev.signet.domain.user.TestUsers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthorizationCodeTest {
  private static final String BACK = "https://app.example.org/back";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Client CLIENT =
      TestRegistration.of(
          """
          {"client_id": "app", "redirect_uris": ["%s"], "token_endpoint_auth_method": "none",
           "grant_types": ["authorization_code"], "scope": "openid orders"}"""
              .formatted(BACK));
  private static final Granted GRANTED =
      new Granted(
          Scope.parse("openid orders"),
          List.of("https://orders.example.org"),
          NOW,
          Optional.empty(),
          List.of("pwd"),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty());

  @Test
  void codeFollowsTheRedirectUrisAndTheChallengeThatAreRegisteredNow() {
    AuthorizationCode proven = code(Optional.of("challenge"));
    AuthorizationCode bare = code(Optional.empty());
    Client moved =
        TestRegistration.changed(
            CLIENT, "{\"redirect_uris\": [\"https://app.example.org/other\"]}");
    Client relaxed =
        TestRegistration.changed(
            CLIENT,
            "{\"require_pkce\": false, \"token_endpoint_auth_method\": \"client_secret_basic\"}");

    assertEquals(GRANTED, proven.grantedTo(CLIENT));
    assertEquals(GRANTED, bare.grantedTo(relaxed));
    assertRefused(() -> proven.grantedTo(moved));
    assertRefused(() -> bare.grantedTo(CLIENT));
  }

  private static AuthorizationCode code(Optional<String> challenge) {
    BrowserSession browser = new BrowserSession("browser", TestUsers.ada(), NOW);
    return new AuthorizationCode(
        OpaqueToken.random(),
        new CodeGrant(CLIENT, browser, GRANTED, BACK, challenge),
        NOW.atOffset(ZoneOffset.UTC));
  }

  private static void assertRefused(Runnable request) {
    assertEquals(
        OAuthError.INVALID_GRANT, assertThrows(OAuthException.class, request::run).error());
  }
}

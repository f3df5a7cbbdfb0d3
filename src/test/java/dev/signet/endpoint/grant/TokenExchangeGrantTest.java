package dev.signet.endpoint.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TestClock;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.TestRegistration;
import dev.signet.domain.jose.Claims;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.TokenSigner;
import dev.signet.domain.jose.TokenVerifier;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.keys.Keys;
import dev.signet.domain.keys.TestKeys;
import dev.signet.domain.token.TestAdmission;
import dev.signet.domain.token.TestIssuer;
import dev.signet.web.body.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenExchangeGrantTest {
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
  private static final String ORDERS = "https://orders.example.org";
  private static final String STOCK = "https://stock.example.org";
  private static final String ADA = "c3b251f6-28c9-4a32-9a3f-2e76e34986f3";
  private static final TokenSettings SETTINGS =
      Settings.read(
              key ->
                  key.equals("signet.issuer")
                      ? Optional.of("https://id.example.org")
                      : Optional.empty())
          .token();
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Keys KEYS = TestKeys.keys();
  private static final TokenSigner SIGNER = TestWiring.make(TokenSigner.class, KEYS, new Metrics());

  /** The clients that tokens were issued to, as they are registered now. */
  private final Map<String, Client> registered = new HashMap<>();

  private final TestClock clock = new TestClock(NOW);
  private final TokenVerifier verifier =
      TestWiring.make(TokenVerifier.class, KEYS, SETTINGS, clock);
  private final TokenExchangeGrant grant =
      TestWiring.make(
          TokenExchangeGrant.class,
          verifier,
          TestAdmission.ofEverything(),
          TestRegistration.directory(id -> Optional.ofNullable(registered.get(id))),
          TestIssuer.of(KEYS, SETTINGS, clock),
          SETTINGS);
  private final Client gateway = client("gateway", "");

  @BeforeEach
  void register() {
    registered.put("gateway", gateway);
    registered.put("reports", client("reports", ""));
    for (int i = 1; i <= 8; i++) {
      registered.put("service" + i, client("service" + i, ""));
    }
  }

  @Test
  void nextTokenSpeaksForTheSameUserAndSaysWhoActs() throws Exception {
    TokenResponse response = exchange(gateway, Map.of("subject_token", adas()));

    VerifiedToken token = verified(response);
    assertEquals(ADA, token.subject());
    assertEquals("ada", token.name());
    assertEquals(Map.of("sub", "gateway"), token.actor().orElseThrow());
    assertEquals("gateway", token.clientId());
    assertEquals(List.of("user"), List.copyOf(token.groups()));
    assertEquals(Optional.of("session-1"), token.session());
    assertEquals(Optional.of(NOW.minusSeconds(100)), token.authenticatedAt());
    assertEquals("urn:signet:acr:password", token.claims().get("acr"));
    assertEquals("acme", token.claims().get("tenant"));
    assertFalse(token.id().equals("token-1"));
    assertEquals(ACCESS_TOKEN, response.issuedTokenType());
    assertEquals("Bearer", response.tokenType());
    assertEquals(null, response.refreshToken());
  }

  @Test
  void whatBelongsToTheFormerTokenAloneIsNotTakenOver() throws Exception {
    Map<String, Object> further =
        Map.of(
            "cnf", Map.of("jkt", "its key"),
            "may_act", Map.of("sub", "gateway"),
            "tenant", "acme");
    VerifiedToken token =
        verified(exchange(gateway, Map.of("subject_token", token(ADA, "ada", 60, further))));

    assertEquals(Optional.empty(), token.key());
    assertFalse(token.claims().containsKey("may_act"));
    assertFalse(token.claims().containsKey("csrf"));
  }

  @Test
  void nextTokenEndsWithTheFormerOne() throws Exception {
    assertEquals(60, exchange(gateway, Map.of("subject_token", adas())).expiresIn());
    TokenResponse ofLongOne =
        exchange(gateway, Map.of("subject_token", token(ADA, "ada", 86_400, Map.of())));
    assertEquals(SETTINGS.lifetime().toSeconds(), ofLongOne.expiresIn());
    String almostOver = adas();
    clock.advance(Duration.ofSeconds(60)); // within the skew
    assertRefused(OAuthError.INVALID_REQUEST, gateway, Map.of("subject_token", almostOver));
  }

  @Test
  void actorsAreChainedAndTheChainIsBounded() throws Exception {
    String token = adas();
    for (int i = 1; i <= 8; i++) {
      token = exchange(client("service" + i, ""), Map.of("subject_token", token)).accessToken();
    }

    Map<?, ?> act = verifier.verifyForAnyAudience(token).actor().orElseThrow();
    assertEquals("service8", act.get("sub"));
    assertEquals("service7", ((Map<?, ?>) act.get("act")).get("sub"));
    assertRefused(OAuthError.INVALID_REQUEST, gateway, Map.of("subject_token", token));
  }

  @Test
  void clientThatMayImpersonateIsNotNamed() throws Exception {
    Client silent = client("silent", "\"may_impersonate\": true,");

    assertEquals(
        Optional.empty(), verified(exchange(silent, Map.of("subject_token", adas()))).actor());
    String delegated = exchange(gateway, Map.of("subject_token", adas())).accessToken();
    assertEquals(
        Optional.of(Map.of("sub", "gateway")),
        verified(exchange(silent, Map.of("subject_token", delegated))).actor());
    assertEquals(
        Optional.of(Map.of("sub", "silent")),
        verified(exchange(silent, Map.of("subject_token", clients("reports")))).actor(),
        "a token of a client would be its own");
  }

  @Test
  void tokenOfAClientCanBeExchangedButNotTakenForItsOwn() throws Exception {
    VerifiedToken token = verified(exchange(gateway, Map.of("subject_token", clients("reports"))));

    assertEquals("reports", token.subject());
    assertEquals("gateway", token.clientId());
    assertFalse(token.isOfUser());
    assertEquals(Map.of("sub", "gateway"), token.actor().orElseThrow());
  }

  @Test
  void actorMayShowATokenOfItsOwn() throws Exception {
    String own = token("helper", null, 60, Map.of(), "gateway", List.of(ORDERS));
    Map<String, String> request = new HashMap<>();
    request.put("subject_token", adas());
    request.put("actor_token", clients("gateway"));
    request.put("actor_token_type", JWT);
    assertEquals(
        Map.of("sub", "gateway"), verified(exchange(gateway, request)).actor().orElseThrow());

    request.put("actor_token", token(ADA, "grace", 60, Map.of(), "gateway", List.of(ORDERS)));
    assertEquals(Map.of("sub", ADA), verified(exchange(gateway, request)).actor().orElseThrow());
    for (String bad : List.of("x", own, clients("reports"), adas())) {
      request.put("actor_token", bad);
      assertRefused(OAuthError.INVALID_REQUEST, gateway, request);
    }
    request.put("actor_token", exchange(gateway, Map.of("subject_token", adas())).accessToken());
    assertRefused(OAuthError.INVALID_REQUEST, gateway, request);
    request.put("actor_token", clients("gateway"));
    request.remove("actor_token_type");
    assertRefused(OAuthError.INVALID_REQUEST, gateway, request);
    request.remove("actor_token");
    request.put("actor_token_type", JWT);
    assertRefused(OAuthError.INVALID_REQUEST, gateway, request);
  }

  @Test
  void tokenThatNamesWhoMayActIsForNobodyElse() {
    String forGateway = token(ADA, "ada", 60, Map.of("may_act", Map.of("sub", "gateway")));
    String forOther = token(ADA, "ada", 60, Map.of("may_act", Map.of("sub", "other")));
    String forNobody = token(ADA, "ada", 60, Map.of("may_act", "gateway"));

    assertTrue(exchange(gateway, Map.of("subject_token", forGateway)).expiresIn() > 0);
    assertRefused(OAuthError.INVALID_REQUEST, gateway, Map.of("subject_token", forOther));
    assertRefused(OAuthError.INVALID_REQUEST, gateway, Map.of("subject_token", forNobody));
    assertRefused(
        OAuthError.INVALID_REQUEST,
        client("silent", "\"may_impersonate\": true,"),
        Map.of("subject_token", forGateway));
  }

  @Test
  void tokenIsForTheClientThatExchangesIt() {
    for (String own : List.of("gateway", ORDERS, SETTINGS.audience())) {
      String token = token(ADA, "ada", 60, Map.of(), "signet", List.of("https://x.example", own));
      assertTrue(exchange(gateway, Map.of("subject_token", token)).expiresIn() > 0, own);
    }
    String others = token(ADA, "ada", 60, Map.of(), "signet", List.of("https://x.example"));
    assertRefused(OAuthError.INVALID_REQUEST, gateway, Map.of("subject_token", others));
  }

  @Test
  void tokenIsLimitedToWhatItsClientIsRegisteredForNow() {
    String reports = token("reports", null, 60, Map.of(), "reports", List.of(ORDERS));
    Map<String, String> request = Map.of("subject_token", reports);
    assertEquals("orders", exchange(gateway, request).scope());

    registered.put("reports", changed("{\"scope\": \"stock\"}"));
    assertRefused(OAuthError.INVALID_SCOPE, gateway, request);
    registered.put("reports", changed("{\"audience\": [\"%s\"]}".formatted(STOCK)));
    assertRefused(OAuthError.INVALID_REQUEST, gateway, request);
    registered.put("reports", changed("{\"enabled\": false}"));
    assertRefused(OAuthError.INVALID_REQUEST, gateway, request);
    registered.remove("reports");
    assertRefused(OAuthError.INVALID_REQUEST, gateway, request);
  }

  private static Client changed(String members) {
    return TestRegistration.changed(client("reports", ""), members);
  }

  @Test
  void exchangeGivesNoOfflineAccess() {
    Client offline = TestRegistration.changed(gateway, "{\"scope\": \"orders offline_access\"}");

    assertEquals("orders", exchange(offline, Map.of("subject_token", adas())).scope());
  }

  @Test
  void scopeNeverWidens() {
    assertEquals("orders", exchange(gateway, Map.of("subject_token", adas())).scope());
    assertEquals(
        "orders", exchange(gateway, Map.of("subject_token", adas(), "scope", "orders")).scope());
    for (String more : List.of("api", "stock", "orders stock", "a\tb")) {
      assertRefused(
          OAuthError.INVALID_SCOPE, gateway, Map.of("subject_token", adas(), "scope", more));
    }
  }

  @Test
  void audienceIsOneThatTheClientIsRegisteredFor() throws Exception {
    assertEquals(
        List.of(ORDERS, STOCK),
        verified(exchange(gateway, Map.of("subject_token", adas()))).audience());
    assertEquals(
        List.of(STOCK),
        verified(exchange(gateway, Map.of("subject_token", adas(), "audience", STOCK))).audience());
    assertEquals(
        List.of(ORDERS),
        verified(exchange(gateway, Map.of("subject_token", adas(), "resource", ORDERS)))
            .audience());
    for (String parameter : List.of("audience", "resource")) {
      assertRefused(
          OAuthError.INVALID_TARGET,
          gateway,
          Map.of("subject_token", adas(), parameter, SETTINGS.audience()));
    }
  }

  @Test
  void onlyAccessTokensAreTakenAndGiven() {
    assertEquals(
        JWT,
        exchange(gateway, Map.of("subject_token", adas(), "requested_token_type", JWT))
            .issuedTokenType());
    for (String type : List.of("id_token", "refresh_token", "saml2")) {
      String name = "urn:ietf:params:oauth:token-type:" + type;
      assertRefused(
          OAuthError.INVALID_REQUEST,
          gateway,
          Map.of("subject_token", adas(), "requested_token_type", name));
      assertRefused(
          OAuthError.INVALID_REQUEST,
          gateway,
          Map.of("subject_token", adas(), "subject_token_type", name));
    }
    assertRefused(OAuthError.INVALID_REQUEST, gateway, Map.of("subject_token", "x"));
    assertRefused(OAuthError.INVALID_REQUEST, gateway, Map.of());
    OAuthException untyped =
        assertThrows(
            OAuthException.class,
            () ->
                grant.grant(
                    new TokenRequest(
                        gateway,
                        new Form(Map.of("subject_token", List.of(adas()))),
                        Optional.empty())));
    assertEquals(OAuthError.INVALID_REQUEST, untyped.error());
  }

  @Test
  void nextTokenIsBoundToTheKeyOfWhoeverAsks() throws Exception {
    Map<String, Object> bound = Map.of("cnf", Map.of("jkt", "of somebody else"));
    Form form = form(Map.of("subject_token", token(ADA, "ada", 60, bound)));

    TokenResponse response = grant.grant(new TokenRequest(gateway, form, Optional.of("a key")));

    assertEquals("DPoP", response.tokenType());
    assertEquals(Optional.of("a key"), verified(response).key());
  }

  /** Any caller could claim to be this public client. */
  @Test
  void publicClientsCannotBeRegisteredForIt() {
    assertThrows(Refusal.class, () -> client("spa", "\"token_endpoint_auth_method\": \"none\","));
  }

  private TokenResponse exchange(Client client, Map<String, String> parameters) {
    return grant.grant(new TokenRequest(client, form(parameters), Optional.empty()));
  }

  private static Form form(Map<String, String> parameters) {
    Map<String, List<String>> values = new HashMap<>();
    values.put("subject_token_type", List.of(ACCESS_TOKEN));
    parameters.forEach((name, value) -> values.put(name, List.of(value)));
    return new Form(values);
  }

  private void assertRefused(OAuthError error, Client client, Map<String, String> parameters) {
    OAuthException refusal = assertThrows(OAuthException.class, () -> exchange(client, parameters));
    assertEquals(error, refusal.error(), refusal.getMessage());
  }

  private VerifiedToken verified(TokenResponse response) throws InvalidToken {
    return verifier.verifyForAnyAudience(response.accessToken());
  }

  private static Client client(String id, String members) {
    return TestRegistration.of(
        """
        {"client_id": "%s", %s "scope": "orders stock",
         "grant_types": ["urn:ietf:params:oauth:grant-type:token-exchange"],
         "audience": ["%s", "%s"]}
        """
            .formatted(id, members, ORDERS, STOCK));
  }

  private static String adas() {
    return token(ADA, "ada", 60, Map.of("acr", "urn:signet:acr:password", "tenant", "acme"));
  }

  /** What a client gets that acts for itself. */
  private static String clients(String id) {
    return token(id, null, 60, Map.of(), id, List.of(ORDERS));
  }

  private static String token(
      String subject, String name, int seconds, Map<String, Object> further) {
    return token(subject, name, seconds, further, "signet", List.of(SETTINGS.audience()));
  }

  private static String token(
      String subject,
      String name,
      int seconds,
      Map<String, Object> further,
      String clientId,
      List<String> audience) {
    return SIGNER.sign(
        new Claims(
            TokenSettings.Type.JWT,
            SETTINGS.issuer(),
            subject,
            Optional.ofNullable(name),
            List.of("user"),
            "token-1",
            NOW,
            NOW.plusSeconds(seconds),
            audience,
            clientId,
            "api orders",
            Optional.of(NOW.minusSeconds(100)),
            Optional.of("session-1"),
            Optional.of("csrf"),
            further));
  }
}

package dev.signet.domain.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Scope;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.TestRegistration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantPolicyTest {
  private static final TokenSettings TOKENS = Settings.read(key -> Optional.empty()).token();
  private static final String ORDERS = "https://orders.example.org";
  private static final String STOCK = "https://stock.example.org";
  private static final String BACK = "https://app.example.org/back";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** As it was registered when the user agreed. */
  private static final Client CLIENT =
      TestRegistration.of(
          """
          {"client_id": "app", "redirect_uris": ["%s"], "token_endpoint_auth_method": "none",
           "grant_types": ["authorization_code", "refresh_token"],
           "scope": "openid orders stock offline_access", "audience": ["%s", "%s"]}"""
              .formatted(BACK, ORDERS, STOCK));

  private static final Granted GRANTED = granted("openid orders stock", ORDERS, STOCK);

  private final GrantPolicy policy = new GrantPolicy(TOKENS);

  @Test
  void scopeAndAudienceAreWhatTheClientIsRegisteredForNow() {
    Granted current = policy.current(changed("\"scope\": \"orders api\""), GRANTED);
    assertEquals(Scope.parse("orders"), current.scope());
    assertEquals(List.of(ORDERS, STOCK), current.audience());

    Granted elsewhere =
        policy.current(changed("\"audience\": [\"urn:other\", \"%s\"]".formatted(STOCK)), GRANTED);
    assertEquals(GRANTED.scope(), elsewhere.scope());
    assertEquals(List.of(STOCK), elsewhere.audience());
    assertEquals(GRANTED, policy.current(CLIENT, GRANTED));
  }

  @Test
  void audienceOfWhichNothingIsLeftIsAnInvalidTarget() {
    assertRefused(
        OAuthError.INVALID_TARGET,
        () -> policy.current(changed("\"audience\": [\"urn:other\"]"), GRANTED));
  }

  @Test
  void clientWithoutARegisteredAudienceHasTheDefaultOne() {
    Client unregistered = changed("\"audience\": []");
    Granted granted = granted("openid", TOKENS.audience(), ORDERS);

    assertEquals(List.of(TOKENS.audience()), policy.current(unregistered, granted).audience());
    assertRefused(OAuthError.INVALID_TARGET, () -> policy.current(unregistered, GRANTED));
  }

  @Test
  void scopeOfWhichNothingIsLeftIsInvalid() {
    assertRefused(
        OAuthError.INVALID_SCOPE, () -> policy.current(changed("\"scope\": \"api\""), GRANTED));
    assertRefused(
        OAuthError.INVALID_SCOPE,
        () -> policy.current(changed("\"scope\": \"\""), granted("openid", ORDERS)));
  }

  @Test
  void grantWithoutAScopeLosesNothing() {
    Granted none = granted("", ORDERS);

    assertEquals(none, policy.current(changed("\"scope\": \"\""), none));
  }

  /** OpenID Connect Core 1.0, section 11. */
  @Test
  void withdrawnRefreshGrantTakesOfflineAccessAway() {
    Client client = changed("\"grant_types\": [\"authorization_code\"]");

    assertEquals(
        Scope.parse("openid"),
        policy.current(client, granted("openid offline_access", ORDERS)).scope());
  }

  @Test
  void grantThatNoUserWasAskedForEndsWhenTheClientNeedsConsent() {
    Client trusted = changed("\"require_consent\": false");
    Granted unasked =
        new Granted(
            GRANTED.scope(),
            GRANTED.audience(),
            NOW,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.empty());

    assertEquals(unasked, policy.current(trusted, Granted.ofJson(unasked.toJson())));
    assertRefused(OAuthError.INVALID_GRANT, () -> policy.current(CLIENT, unasked));
    assertEquals(GRANTED, policy.current(CLIENT, GRANTED));
  }

  /** OpenID Connect Core 1.0, section 12.2. */
  @Test
  void grantEndsWhenItsUserWouldHaveAnotherSubject() {
    Client pairwise = changed("\"subject_type\": \"pairwise\"");
    Client elsewhere =
        TestRegistration.changed(
            pairwise, "{\"redirect_uris\": [\"https://other.example.org/back\"]}");
    Client moved =
        TestRegistration.changed(
            pairwise, "{\"redirect_uris\": [\"https://app.example.org/other\"]}");
    Client named =
        TestRegistration.changed(
            pairwise, "{\"sector_identifier_uri\": \"https://sector.example.org/uris\"}");
    Granted toPublic = inSector("");
    Granted toPairwise = inSector("app.example.org");

    assertEquals(toPublic, policy.current(CLIENT, toPublic));
    assertRefused(OAuthError.INVALID_GRANT, () -> policy.current(pairwise, toPublic));
    for (Client same : List.of(pairwise, moved)) {
      assertEquals(toPairwise, policy.current(same, toPairwise));
    }
    for (Client other : List.of(CLIENT, elsewhere, named)) {
      assertRefused(OAuthError.INVALID_GRANT, () -> policy.current(other, toPairwise));
    }
  }

  @Test
  void narrowedGrantStillEndsWhenItsUserWouldHaveAnotherSubject() {
    Granted narrowed =
        policy.current(changed("\"scope\": \"orders\""), inSector("")).boundTo(Optional.of("key"));
    Client pairwise = changed("\"subject_type\": \"pairwise\"");

    assertRefused(OAuthError.INVALID_GRANT, () -> policy.current(pairwise, narrowed));
    assertEquals(Optional.empty(), policy.find(pairwise, narrowed));
  }

  @Test
  void grantOfAnOlderVersionHasNoSectorAndIsNotCompared() {
    Client pairwise = changed("\"subject_type\": \"pairwise\"");

    assertFalse(GRANTED.toJson().contains("sector"), GRANTED::toJson);
    assertEquals(GRANTED, policy.current(pairwise, Granted.ofJson(GRANTED.toJson())));
  }

  /** As it is stored. */
  private static Granted inSector(String sector) {
    return Granted.ofJson(
        new Granted(
                GRANTED.scope(),
                GRANTED.audience(),
                NOW,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(sector))
            .toJson());
  }

  @Test
  void refreshAsksForLessThanWasGranted() {
    assertEquals(GRANTED, refreshed(CLIENT, "openid orders stock"));
    assertEquals(Scope.parse("stock"), refreshed(CLIENT, "stock").scope());
    assertEquals(List.of(STOCK), refreshed(CLIENT, "stock", STOCK, STOCK).audience());
    assertRefused(OAuthError.INVALID_SCOPE, () -> refreshed(CLIENT, "stock api"));
    assertRefused(OAuthError.INVALID_TARGET, () -> refreshed(CLIENT, "stock", "urn:other"));
  }

  @Test
  void refreshThatAsksForWhatWasWithdrawnGetsTheRest() {
    Client less = changed("\"scope\": \"orders\", \"audience\": [\"%s\"]".formatted(ORDERS));

    assertEquals(Scope.parse("orders"), refreshed(less, "orders stock").scope());
    assertRefused(OAuthError.INVALID_SCOPE, () -> refreshed(less, "stock"));
    assertRefused(OAuthError.INVALID_TARGET, () -> refreshed(less, "orders", ORDERS, STOCK));
  }

  /** RFC 9449, section 5: the refresh token of a client with a secret is bound by that. */
  @Test
  void unboundRefreshTokenOfAPublicClientEndsWhenItsTokensMustBeBound() {
    Client bound = changed("\"dpop_bound_access_tokens\": true");
    Client confidential =
        TestRegistration.changed(
            bound, "{\"token_endpoint_auth_method\": \"client_secret_basic\"}");

    assertRefused(OAuthError.INVALID_GRANT, () -> refreshed(bound, "orders"));
    assertEquals(Scope.parse("orders"), refreshed(confidential, "orders").scope());
    assertEquals(
        GRANTED.scope(),
        policy
            .refreshed(bound, GRANTED.boundTo(Optional.of("key")), presented(bound, null))
            .scope());
  }

  private Granted refreshed(Client client, String scope, String... resources) {
    return policy.refreshed(client, GRANTED, presented(client, scope, resources));
  }

  private static Presented presented(Client client, String scope, String... resources) {
    return new Presented(
        "token",
        Optional.of(client),
        Optional.empty(),
        Optional.ofNullable(scope).map(Scope::parse),
        List.of(resources),
        Optional.empty());
  }

  private static Client changed(String members) {
    return TestRegistration.changed(CLIENT, "{" + members + "}");
  }

  private static Granted granted(String scope, String... audience) {
    return new Granted(
        Scope.parse(scope),
        List.of(audience),
        NOW,
        Optional.empty(),
        List.of("pwd"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  private static void assertRefused(OAuthError error, Runnable request) {
    assertEquals(error, assertThrows(OAuthException.class, request::run).error());
  }
}

package dev.signet.flow;

import static dev.signet.flow.Visitor.code;
import static dev.signet.flow.Visitor.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Signet as an OpenID provider: what it says of itself, and what its ID tokens say. */
interface OpenIdFlow extends Flow {
  String OPENID_CONFIGURATION = "/.well-known/openid-configuration";

  @Test
  default void metadataIsOneDocumentAtBothAddresses() {
    Client.Reply openid = client().get(OPENID_CONFIGURATION);
    Client.Reply oauth = client().get("/.well-known/oauth-authorization-server");

    assertEquals(200, openid.status(), openid::toString);
    assertEquals(openid.body(), oauth.body());
    for (Client.Reply reply : List.of(openid, oauth)) {
      assertTrue(reply.header("Content-Type").orElse("").startsWith("application/json"));
      assertEquals("*", reply.header("Access-Control-Allow-Origin").orElse(""));
    }
  }

  @Test
  default void issuerIsThatOfTheTokensWhateverTheRequestSays() {
    String issuer = System.getProperty(ServerSession.URL);

    Client.Reply reply =
        client()
            .send(
                client()
                    .request(OPENID_CONFIGURATION)
                    .header("X-Forwarded-Host", "evil.example.org")
                    .header("Forwarded", "host=evil.example.org")
                    .GET());

    assertEquals(issuer, reply.json().path("issuer").asText());
    assertFalse(reply.body().contains("evil"), reply::body);
  }

  @Test
  default void otherIssuersAreNotKnown() {
    assertEquals(404, client().get("/.well-known/oauth-authorization-server/other").status());
    assertEquals(404, client().get("/.well-known/openid-configuration/other").status());
  }

  @Test
  default void everyAdvertisedEndpointAnswersAndNoneIsMissing() {
    JsonNode metadata = client().get(OPENID_CONFIGURATION).json();
    String issuer = System.getProperty(ServerSession.URL);
    Set<String> paths = new TreeSet<>();
    metadata
        .properties()
        .forEach(
            member -> {
              String name = member.getKey();
              if (name.endsWith("_endpoint") || name.equals("jwks_uri")) {
                String address = member.getValue().asText();
                assertTrue(address.startsWith(issuer + "/"), address);
                paths.add(address.substring(issuer.length()));
              }
            });

    assertEquals(
        new TreeSet<>(
            Set.of(
                "/.well-known/jwks.json",
                "/oauth2/authorize",
                "/oauth2/device_authorization",
                "/oauth2/introspect",
                "/oauth2/logout",
                "/oauth2/par",
                "/oauth2/register",
                "/oauth2/revoke",
                "/oauth2/token",
                "/oauth2/userinfo")),
        paths);
    for (String path : paths) {
      Client.Reply reply = client().get(path);
      assertNotEquals(404, reply.status(), path);
      assertTrue(reply.status() < 500, path);
    }
    String documentation = metadata.path("service_documentation").asText();
    assertEquals(200, client().get(documentation.substring(issuer.length())).status());
  }

  @Test
  default void advertisedGrantsAreKnownAndNoOthers() {
    JsonNode metadata = client().get(OPENID_CONFIGURATION).json();
    TestClients service = TestClients.service(TestUsers.administrator(client()));

    metadata
        .path("grant_types_supported")
        .forEach(
            grant -> {
              Client.Reply reply =
                  service.post(client(), "/oauth2/token", Map.of("grant_type", grant.asText()));
              assertNotEquals(
                  "unsupported_grant_type", reply.json().path("error").asText(), grant::asText);
            });
    for (String other : List.of("password", "implicit", "urn:ietf:params:oauth:grant-type:saml2")) {
      Client.Reply reply = service.post(client(), "/oauth2/token", Map.of("grant_type", other));
      assertEquals("unsupported_grant_type", reply.json().path("error").asText(), other);
    }
  }

  @Test
  default void metadataSaysWhatIsSupported() {
    JsonNode metadata = client().get(OPENID_CONFIGURATION).json();
    Map<String, String> expected =
        Map.ofEntries(
            Map.entry("response_types_supported", "[\"code\"]"),
            Map.entry("response_modes_supported", "[\"query\",\"form_post\"]"),
            Map.entry("code_challenge_methods_supported", "[\"S256\"]"),
            Map.entry("subject_types_supported", "[\"public\",\"pairwise\"]"),
            Map.entry(
                "scopes_supported",
                "[\"openid\",\"profile\",\"email\",\"groups\",\"offline_access\",\"api\"]"),
            Map.entry(
                "prompt_values_supported", "[\"none\",\"login\",\"consent\",\"select_account\"]"),
            Map.entry("authorization_response_iss_parameter_supported", "true"),
            Map.entry("claims_parameter_supported", "true"),
            Map.entry("request_parameter_supported", "false"),
            Map.entry("request_uri_parameter_supported", "false"),
            Map.entry("require_pushed_authorization_requests", "false"),
            Map.entry("backchannel_logout_supported", "true"),
            Map.entry("backchannel_logout_session_supported", "true"),
            Map.entry("ui_locales_supported", "[\"en\",\"de\"]"));

    expected.forEach((name, value) -> assertEquals(value, metadata.path(name).toString(), name));
    assertTrue(texts(metadata, "id_token_signing_alg_values_supported").contains("RS256"));
    assertTrue(texts(metadata, "token_endpoint_auth_methods_supported").contains("none"));
    assertFalse(texts(metadata, "introspection_endpoint_auth_methods_supported").contains("none"));
    assertTrue(texts(metadata, "claims_supported").containsAll(List.of("sub", "sid", "email")));
    assertFalse(metadata.has("frontchannel_logout_supported"));
  }

  @Test
  default void idTokenTellsTheClientWhoHasLoggedIn() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = TestClients.app(TestUsers.administrator(client()), Map.of());
    Instant before = Instant.now().minusSeconds(2);

    JsonNode tokens = tokens(new Visitor(client()), app, ada, request(app));

    JWTClaimsSet claims = Verification.idToken(client(), app, tokens.path("id_token").asText());
    assertEquals(ada.id(), claims.getSubject());
    assertEquals("nonce-1", claims.getStringClaim("nonce"));
    assertEquals(List.of("pwd"), claims.getStringListClaim("amr"));
    assertEquals("urn:signet:acr:fresh", claims.getStringClaim("acr"));
    assertTrue(claims.getDateClaim("auth_time").toInstant().isAfter(before), claims::toString);
    String access = tokens.path("access_token").asText();
    assertEquals(leftHalf(access), claims.getStringClaim("at_hash"));
    JsonNode accessClaims = Forgery.part(access, 1);
    assertEquals(accessClaims.path("sid").asText(), claims.getStringClaim("sid"));
    assertEquals(ada.id(), accessClaims.path("sub").asText());
  }

  @Test
  default void singleSignOnKeepsTheTimeOfTheLogin() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = TestClients.app(TestUsers.administrator(client()), Map.of());
    Visitor visitor = new Visitor(client());
    JsonNode first = tokens(visitor, app, ada, request(app));

    JsonNode second =
        visitor.redeem(app, code(visitor.authorize(request(app, "prompt", "none")))).json();

    JWTClaimsSet one = Verification.idToken(client(), app, first.path("id_token").asText());
    JWTClaimsSet two = Verification.idToken(client(), app, second.path("id_token").asText());
    assertEquals(one.getDateClaim("auth_time"), two.getDateClaim("auth_time"));
    assertNotEquals(one.getStringClaim("sid"), two.getStringClaim("sid"));
  }

  @Test
  default void refreshGivesAnIdTokenOfTheSameLoginWithoutNonce() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = TestClients.app(TestUsers.administrator(client()), Map.of());
    JsonNode first = tokens(new Visitor(client()), app, ada, request(app));

    JsonNode second = refresh(app, first.path("refresh_token").asText(), Map.of()).json();

    JWTClaimsSet one = Verification.idToken(client(), app, first.path("id_token").asText());
    JWTClaimsSet two = Verification.idToken(client(), app, second.path("id_token").asText());
    assertEquals(one.getSubject(), two.getSubject());
    assertEquals(one.getDateClaim("auth_time"), two.getDateClaim("auth_time"));
    assertEquals(one.getStringClaim("sid"), two.getStringClaim("sid"));
    assertFalse(two.getClaims().containsKey("nonce"), two::toString);
    assertEquals(leftHalf(second.path("access_token").asText()), two.getStringClaim("at_hash"));
    JsonNode third =
        refresh(app, second.path("refresh_token").asText(), Map.of("scope", "orders:read")).json();
    assertFalse(third.has("id_token"), third::toString);
  }

  /** OpenID Connect Core 1.0, section 11: the request for offline access is ignored. */
  @Test
  default void clientWithoutRefreshTokensGetsNoOfflineAccess() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app =
        TestClients.app(
            TestUsers.administrator(client()),
            Map.of("grant_types", List.of("authorization_code"), "scope", "openid offline_access"));

    JsonNode tokens =
        tokens(new Visitor(client()), app, ada, request(app, "scope", "openid  offline_access"));

    assertEquals("openid", tokens.path("scope").asText(), tokens::toString);
    assertFalse(tokens.has("refresh_token"), tokens::toString);
  }

  @Test
  default void withoutTheScopeOpenidThereIsNoIdToken() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = TestClients.app(TestUsers.administrator(client()), Map.of());

    JsonNode tokens = tokens(new Visitor(client()), app, ada, request(app, "scope", "orders:read"));

    assertFalse(tokens.has("id_token"), tokens::toString);
    assertTrue(tokens.has("access_token"), tokens::toString);
  }

  @Test
  default void idTokenOpensNothing() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = TestClients.app(TestUsers.administrator(client()), Map.of());

    Client thief =
        client()
            .withToken(
                tokens(new Visitor(client()), app, ada, request(app)).path("id_token").asText());

    for (String path : List.of("/api/me", "/api/protected", "/oauth2/userinfo")) {
      assertEquals(401, thief.get(path).status(), path);
    }
  }

  @Test
  default void claimIsInTheIdTokenWhenItIsAskedForThere() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = TestClients.app(TestUsers.administrator(client()), Map.of());
    Map<String, String> asking =
        request(
            app,
            "claims",
            "{\"id_token\":{\"preferred_username\":null,\"groups\":{\"essential\":true}}}");

    JsonNode tokens = tokens(new Visitor(client()), app, ada, asking);

    JWTClaimsSet claims = Verification.idToken(client(), app, tokens.path("id_token").asText());
    assertEquals(ada.username(), claims.getStringClaim("preferred_username"));
    assertFalse(claims.getClaims().containsKey("groups"), "the client is not registered for it");
  }

  @Test
  default void pairwiseClientsKnowTheUserByANameOfTheirSector() throws Exception {
    Client administrator = TestUsers.administrator(client());
    TestUsers.Person ada = TestUsers.loggedIn(client());
    Set<String> subjects = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      TestClients app =
          TestClients.app(
              administrator, Map.of("subject_type", "pairwise", "scope", "openid api orders:read"));
      Visitor visitor = new Visitor(client());
      JsonNode tokens = tokens(visitor, app, ada, request(app));

      String access = tokens.path("access_token").asText();
      JWTClaimsSet claims = Verification.idToken(client(), app, tokens.path("id_token").asText());
      String subject = claims.getSubject();
      subjects.add(subject);
      assertEquals(subject, Forgery.part(access, 1).path("sub").asText());
      assertEquals(subject, Forgery.part(access, 1).path("upn").asText());
      Client.Reply userinfo = client().withToken(access).get("/oauth2/userinfo");
      assertEquals(subject, userinfo.json().path("sub").asText(), userinfo::toString);
      // The API shows its callers who they are.
      JsonNode more =
          visitor.redeem(app, code(visitor.authorize(request(app, "scope", "openid api")))).json();
      Client caller = client().withToken(more.path("access_token").asText());
      assertEquals(ada.id(), caller.get("/api/me").json().path("id").asText());
      assertEquals(subject, caller.get("/oauth2/userinfo").json().path("sub").asText());
    }
    assertEquals(1, subjects.size(), "they are on one host");
    assertFalse(subjects.contains(ada.id()));
  }

  /** Logs in, and exchanges the code. */
  static JsonNode tokens(
      Visitor visitor, TestClients app, TestUsers.Person user, Map<String, String> request) {
    Client.Reply reply = visitor.redeem(app, code(visitor.logIn(request, user.username())));
    assertEquals(200, reply.status(), reply::toString);
    return reply.json();
  }

  private Client.Reply refresh(TestClients app, String token, Map<String, String> more) {
    Map<String, String> form = new HashMap<>(more);
    form.put("grant_type", "refresh_token");
    form.put("client_id", app.id());
    form.put("refresh_token", token);
    return client().send(TestClients.form(client(), "/oauth2/token", TestClients.encoded(form)));
  }

  private static List<String> texts(JsonNode metadata, String name) {
    return Arrays.asList(
        metadata.path(name).toString().replaceAll("[\\[\\]\"]", "").split(",", -1));
  }

  private static String leftHalf(String token) throws GeneralSecurityException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
  }
}

package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.TestClients.ORDERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.signet.domain.jose.TestAssertions;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Services that act for themselves (RFC 6749, section 4.4), and what they ask about tokens. */
interface ClientCredentialsFlow extends Flow {
  @Test
  default void serviceGetsATokenThatSaysWhoItIs() throws IOException {
    TestClients service = TestClients.service(TestUsers.administrator(client()));

    Client.Reply reply = service.token(client());

    assertEquals(200, reply.status(), reply::toString);
    assertEquals("no-store", reply.header("Cache-Control").orElse(""));
    assertEquals("no-cache", reply.header("Pragma").orElse(""));
    assertEquals("Bearer", reply.json().path("token_type").asText());
    assertEquals(900, reply.json().path("expires_in").asInt());
    assertEquals("orders:read orders:write", reply.json().path("scope").asText());
    assertFalse(reply.json().has("refresh_token"));
    JsonNode claims = Forgery.part(reply.json().path("access_token").asText(), 1);
    assertEquals(service.id(), claims.path("sub").asText());
    assertEquals(service.id(), claims.path("client_id").asText());
    assertEquals("orders:read orders:write", claims.path("scope").asText());
    assertEquals("[\"reporter\"]", claims.path("groups").toString());
    assertTrue(claims.path("aud").toString().contains(ORDERS));
    for (String absent : List.of("upn", "auth_time", "sid")) {
      assertFalse(claims.has(absent), absent);
    }
  }

  @Test
  default void serviceShowsItsSecretInTheBodyWhenItIsRegisteredSo() {
    Client administrator = TestUsers.administrator(client());
    TestClients service =
        TestClients.registered(
            administrator,
            Map.of(
                "grant_types",
                List.of("client_credentials"),
                "token_endpoint_auth_method",
                "client_secret_post"));
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", service.id());
    form.put("client_secret", service.secret());

    assertEquals(200, post(form).status());
    assertError(401, "invalid_client", service.token(client()));
  }

  @Test
  default void serviceSignsAnAssertionInsteadOfShowingASecret() throws JOSEException {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    Client administrator = TestUsers.administrator(client());
    Client.Reply registered = administrator.post("/api/admin/clients", byKey(key.toPublicJWK()));
    assertEquals(201, registered.status(), registered::toString);
    assertFalse(registered.json().has("client_secret"), registered::toString);
    String id = registered.json().path("client_id").asText();
    String issuer = System.getProperty(ServerSession.URL);

    String assertion = assertion(key, id, issuer);
    assertEquals(200, post(assertionForm(assertion)).status());
    assertError(401, "invalid_client", post(assertionForm(assertion))); // a second time
    assertEquals(200, post(assertionForm(assertion(key, id, issuer + "/oauth2/token"))).status());
    assertError(
        401, "invalid_client", post(assertionForm(assertion(key, id, "https://x.example"))));
    ECKey another = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    assertError(401, "invalid_client", post(assertionForm(assertion(another, id, issuer))));
    assertError(401, "invalid_client", post(assertionForm("nothing")));
    assertError(401, "invalid_client", new TestClients(id, "null").token(client()));
    Map<String, String> both = assertionForm(assertion(key, id, issuer));
    both.put("client_secret", "x");
    assertError(400, "invalid_request", post(both));
    assertProblem(
        400, "invalid-input", administrator.post("/api/admin/clients/" + id + "/secret", Map.of()));
    assertProblem(
        400,
        "invalid-input",
        administrator.post("/api/admin/clients", byKey(key)), // with its private part
        "jwks");
  }

  @Test
  default void clientWithAKeyShowsItWhereverClientsAreKnown() throws JOSEException {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    Map<String, Object> metadata = new HashMap<>(byKey(key.toPublicJWK()));
    metadata.put(
        "grant_types", List.of("client_credentials", "authorization_code", DeviceFlow.GRANT));
    metadata.put("redirect_uris", List.of(TestClients.CALLBACK));
    String id = TestClients.registered(TestUsers.administrator(client()), metadata).id();
    String issuer = System.getProperty(ServerSession.URL);
    String token =
        post(assertionForm(assertion(key, id, issuer))).json().path("access_token").asText();

    for (String path : List.of("introspect", "device_authorization", "par", "revoke")) {
      Map<String, String> form = assertionForm(assertion(key, id, issuer));
      form.putAll(Map.of("token", token, "response_type", "code", "code_challenge_method", "S256"));
      form.put("code_challenge", Visitor.challenge());
      Client.Reply reply = post("/oauth2/" + path, form);
      assertEquals(2, reply.status() / 100, reply::toString);
      assertTrue(
          !path.equals("introspect") || reply.json().path("active").asBoolean(), reply::toString);
      assertError(401, "invalid_client", post("/oauth2/" + path, form)); // It was used before.
    }
    assertEquals(401, client().withToken(token).get("/api/protected").status(), "revoked");
  }

  @Test
  default void keysThatAClientPublishesAreFetchedFromWhereSignetMayGo() throws JOSEException {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    Client administrator = TestUsers.administrator(client());
    String issuer = System.getProperty(ServerSession.URL);
    try (Published keys = Published.of(new JWKSet(key.toPublicJWK()).toString())) {
      String id = publishing(administrator, keys.uri("localhost"));

      assertEquals(200, post(assertionForm(assertion(key, id, issuer))).status());
      assertEquals(200, post(assertionForm(assertion(key, id, issuer))).status());
      assertEquals(1, keys.requests(), "they are remembered");

      String inside = publishing(administrator, keys.uri("127.0.0.1"));
      Client.Reply outage = post(assertionForm(assertion(key, inside, issuer)));
      assertError(503, "temporarily_unavailable", outage);
      assertEquals(Optional.of("30"), outage.header("Retry-After"));
      assertEquals(1, keys.requests(), "an address that is not listed is not asked");
    }
  }

  @Test
  default void keyThatAClientReplacesUnderItsIdentifierIsFetchedBeforeASignatureIsWrong()
      throws JOSEException {
    ECKey former = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    ECKey next = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    String issuer = System.getProperty(ServerSession.URL);
    try (Published keys = Published.of(new JWKSet(former.toPublicJWK()).toString())) {
      String id = publishing(TestUsers.administrator(client()), keys.uri("localhost"));
      assertEquals(200, post(assertionForm(assertion(former, id, issuer))).status());

      keys.replace(new JWKSet(next.toPublicJWK()).toString());

      assertEquals(200, post(assertionForm(assertion(next, id, issuer))).status());
      assertError(401, "invalid_client", post(assertionForm(assertion(former, id, issuer))));
      assertEquals(2, keys.requests(), "not again so soon");
    }
  }

  private static String publishing(Client administrator, String uri) {
    return TestClients.registered(
            administrator,
            Map.of(
                "grant_types",
                List.of("client_credentials"),
                "token_endpoint_auth_method",
                "private_key_jwt",
                "jwks_uri",
                uri))
        .id();
  }

  private static Map<String, Object> byKey(ECKey key) {
    return Map.of(
        "grant_types",
        List.of("client_credentials"),
        "token_endpoint_auth_method",
        "private_key_jwt",
        "jwks",
        Map.of("keys", List.of(key.toJSONObject())));
  }

  private static String assertion(ECKey key, String id, String audience) {
    return TestAssertions.signed(
        key, JWSAlgorithm.ES256, TestAssertions.claims(id, audience, Instant.now()).build());
  }

  private static Map<String, String> assertionForm(String assertion) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", assertion);
    return form;
  }

  @Test
  default void narrowerScopeAndResourceAreGranted() throws IOException {
    TestClients service = TestClients.service(TestUsers.administrator(client()));

    Client.Reply reply =
        service.token(client(), Map.of("scope", "orders:read", "resource", ORDERS));

    assertEquals("orders:read", reply.json().path("scope").asText(), reply::toString);
    String token = reply.json().path("access_token").asText();
    assertEquals("[\"" + ORDERS + "\"]", audience(token));
    assertEquals(
        401, client().withToken(token).get("/api/protected").status(), "not for this server");
  }

  @Test
  default void typeOfAccessTokensIsTheClientsChoice() throws IOException {
    Client administrator = TestUsers.administrator(client());
    for (String type : List.of("at+jwt", "JWT")) {
      TestClients service =
          TestClients.registered(
              administrator,
              Map.of(
                  "grant_types",
                  List.of("client_credentials"),
                  "groups",
                  List.of("resource-server"),
                  "access_token_type",
                  type));
      String token = service.accessToken(client(), Map.of());

      assertEquals(type, Forgery.part(token, 0).path("typ").asText());
      Client caller = client().withToken(token);
      assertEquals(
          200,
          caller
              .send(caller.request("/api/revocations").setHeader("Accept", "application/jwt"))
              .status(),
          type);
    }
  }

  @Test
  default void tokenOfAServiceIsNoUsers() {
    TestClients service = TestClients.service(TestUsers.administrator(client()));
    Client caller = client().withToken(service.accessToken(client(), Map.of()));

    for (String path : List.of("/api/protected", "/api/me", "/api/users", "/api/admin/clients")) {
      assertEquals(403, caller.get(path).status(), path);
    }
  }

  @Test
  default void furtherBlanksBetweenScopesSayNothing() {
    TestClients service =
        TestClients.registered(
            TestUsers.administrator(client()),
            Map.of("grant_types", List.of("client_credentials"), "scope", " a  b "));

    for (String scope : List.of(" b  a ", "a   b")) {
      Client.Reply reply = service.token(client(), Map.of("scope", scope));
      assertEquals("a b", reply.json().path("scope").asText(), reply::toString);
    }
  }

  /** A service can ask again, so that offline access would mean nothing. */
  @Test
  default void serviceGetsNoOfflineAccess() {
    TestClients service =
        TestClients.registered(
            TestUsers.administrator(client()),
            Map.of(
                "grant_types",
                List.of("client_credentials", "refresh_token"),
                "scope",
                "a offline_access"));

    for (Map<String, String> asked :
        List.of(Map.<String, String>of(), Map.of("scope", "a offline_access"))) {
      Client.Reply reply = service.token(client(), asked);
      assertEquals("a", reply.json().path("scope").asText(), reply::toString);
    }
  }

  @Test
  default void whatIsNotRegisteredIsRefused() {
    Client administrator = TestUsers.administrator(client());
    TestClients service = TestClients.service(administrator);

    assertError(400, "invalid_scope", service.token(client(), Map.of("scope", "admin")));
    assertError(400, "invalid_scope", service.token(client(), Map.of("scope", "a\tb")));
    assertError(
        400, "invalid_target", service.token(client(), Map.of("resource", "https://x.example")));
    assertError(
        400,
        "unsupported_grant_type",
        service.post(client(), "/oauth2/token", Map.of("grant_type", "password")));
    assertError(
        400, "invalid_request", service.post(client(), "/oauth2/token", Map.of("scope", "a")));
    TestClients idle = TestClients.registered(administrator, Map.of());
    assertError(400, "unauthorized_client", idle.token(client()));
  }

  @Test
  default void whoIsNotTheClientGetsNothing() {
    TestClients service = TestClients.service(TestUsers.administrator(client()));
    TestClients wrong = new TestClients(service.id(), "wrong");
    TestClients unknown = new TestClients("unknown", service.secret());

    Client.Reply refused = wrong.token(client());
    assertError(401, "invalid_client", refused);
    assertTrue(refused.header("WWW-Authenticate").orElse("").startsWith("Basic "));
    assertEquals(refused.body(), unknown.token(client()).body());
    assertError(401, "invalid_client", post(Map.of("grant_type", "client_credentials")));
    Map<String, String> twice = new HashMap<>();
    twice.put("grant_type", "client_credentials");
    twice.put("client_secret", service.secret());
    assertError(400, "invalid_request", service.post(client(), "/oauth2/token", twice));
    twice.put("client_id", service.id());
    assertError(401, "invalid_client", post(twice)); // by another method than the registered one
    for (String header : List.of("Basic", "Basic !", "Basic QQ==", "Digest x")) {
      Client.Reply reply =
          client()
              .send(
                  TestClients.form(client(), "/oauth2/token", "grant_type=client_credentials")
                      .header("Authorization", header));
      assertError(401, "invalid_client", reply);
    }
  }

  @Test
  default void hundredWrongSecretsBlockTheirSourceAndAreRecorded() {
    Client administrator = TestUsers.administrator(client());
    TestClients service = TestClients.service(administrator);
    TestClients wrong = new TestClients(service.id(), "wrong");
    String address = TestUsers.freshAddress();
    Client guesser = client().from(address);
    for (int i = 0; i < 99; i++) {
      assertEquals(401, wrong.token(guesser).status());
    }
    assertEquals(200, service.token(guesser).status());
    assertEquals(401, wrong.token(guesser).status());

    Client.Reply blocked = service.token(guesser);

    assertError(429, "temporarily_unavailable", blocked);
    assertTrue(Integer.parseInt(blocked.header("Retry-After").orElse("0")) > 600);
    assertEquals(200, service.token(client()).status(), "elsewhere");
    await(
        Duration.ofSeconds(10),
        () -> {
          JsonNode events =
              administrator
                  .get("/api/admin/audit?type=client_refused&limit=100&source=" + address)
                  .json()
                  .path("items");
          return events.size() == 100
              && events.get(0).path("client").asText().equals(service.id())
              && events.get(0).path("reason").asText().equals("wrong_secret");
        });
  }

  @Test
  default void answersOfTheTokenEndpointTellTheirLimits() {
    TestClients service = TestClients.service(TestUsers.administrator(client()));

    Client.Reply reply = service.token(client().from(TestUsers.freshAddress()));

    assertEquals(
        Optional.of("\"token-source\";q=60000;w=60, \"token-client\";q=30000;w=60"),
        reply.header("RateLimit-Policy"));
  }

  @Test
  default void malformedRequestsAreRefused() {
    TestClients service = TestClients.service(TestUsers.administrator(client()));
    String form = "grant_type=client_credentials";
    for (String body :
        List.of(
            form + "&" + form, form + "&scope=a&scope=a", form + "&scope=%zz", "&a".repeat(101))) {
      Client.Reply reply =
          client()
              .send(
                  TestClients.form(client(), "/oauth2/token", body)
                      .header("Authorization", service.basic()));
      assertError(400, "invalid_request", reply);
    }
    assertError(
        400,
        "invalid_request",
        client()
            .send(
                TestClients.form(client(), "/oauth2/token?" + form, form)
                    .header("Authorization", service.basic())));
    assertError(
        405,
        "invalid_request",
        client().send(client().request("/oauth2/token").header("Authorization", service.basic())));
    assertError(
        415,
        "invalid_request",
        client()
            .send(
                json("/oauth2/token")
                    .header("Authorization", service.basic())
                    .POST(BodyPublishers.ofString("{}"))));
    assertError(
        413,
        "invalid_request",
        client()
            .send(
                TestClients.form(client(), "/oauth2/token", form + "&x=" + "y".repeat(70_000))
                    .header("Authorization", service.basic())));
  }

  @Test
  default void introspectionTellsAClientAboutItsOwnTokensAndAResourceServerAboutAll() {
    Client administrator = TestUsers.administrator(client());
    TestClients service = TestClients.service(administrator);
    TestClients resourceServer =
        TestClients.registered(administrator, Map.of("groups", List.of("resource-server")));
    TestClients stranger = TestClients.service(administrator);
    String own = service.accessToken(client(), Map.of("resource", ORDERS));
    TestUsers.Person ada = TestUsers.loggedIn(client());
    String adas = ada.client().token().orElseThrow();

    for (TestClients asking : List.of(service, resourceServer)) {
      JsonNode told = introspect(asking, own).json();
      assertTrue(told.path("active").asBoolean(), told::toString);
      assertEquals(service.id(), told.path("client_id").asText());
      assertEquals("Bearer", told.path("token_type").asText());
      assertTrue(told.path("exp").asLong() > 0);
    }
    JsonNode told = introspect(resourceServer, adas).json();
    assertEquals(ada.username(), told.path("username").asText(), told::toString);
    for (Client.Reply nothing :
        List.of(
            introspect(stranger, own),
            introspect(service, adas),
            introspect(resourceServer, own + "x"),
            introspect(resourceServer, justExpired()),
            introspect(resourceServer, "nothing"))) {
      assertEquals(200, nothing.status());
      assertEquals("{\"active\":false}", nothing.body());
    }
    assertError(401, "invalid_client", introspect(new TestClients(service.id(), "wrong"), own));
  }

  @Test
  default void clientRevokesItsOwnTokensOnly() {
    Client administrator = TestUsers.administrator(client());
    TestClients service = TestClients.service(administrator);
    TestClients stranger = TestClients.service(administrator);
    String token = service.accessToken(client(), Map.of());
    Client caller = client().withToken(token);

    assertEquals(200, revoke(stranger, token).status());
    assertEquals(403, caller.get("/api/protected").status(), "still a token, of nobody here");
    assertEquals(200, revoke(service, token).status());
    assertEquals(401, caller.get("/api/protected").status());
    assertEquals("{\"active\":false}", introspect(service, token).body());
    assertEquals(200, revoke(service, token).status());
    assertEquals(200, revoke(service, "unknown").status());
    assertError(401, "invalid_client", revoke(new TestClients("nobody", "wrong"), token));
    TestUsers.Person ada = TestUsers.loggedIn(client());
    assertEquals(200, revoke(service, ada.client().token().orElseThrow()).status());
    assertEquals(200, ada.client().get("/api/me").status());
  }

  /** The API allows for clocks that differ, and would take it. */
  private String justExpired() {
    Forgery forgery = Forgery.of(client());
    String token = forgery.token(forgery.claims("exp", forgery.now() - 4));
    assertEquals(200, client().withToken(token).get("/api/protected").status());
    return token;
  }

  private Client.Reply introspect(TestClients asking, String token) {
    return asking.post(client(), "/oauth2/introspect", Map.of("token", token));
  }

  private Client.Reply revoke(TestClients asking, String token) {
    return asking.post(client(), "/oauth2/revoke", Map.of("token", token));
  }

  /** Without a header that tells the client. */
  private Client.Reply post(Map<String, String> form) {
    return post("/oauth2/token", form);
  }

  private Client.Reply post(String path, Map<String, String> form) {
    return client().send(TestClients.form(client(), path, TestClients.encoded(form)));
  }

  private static String audience(String token) throws IOException {
    JsonNode audience = Forgery.part(token, 1).path("aud");
    return audience.isTextual() ? "[\"" + audience.asText() + "\"]" : audience.toString();
  }

  private static void assertError(int status, String error, Client.Reply reply) {
    assertEquals(status, reply.status(), reply::toString);
    assertEquals(error, reply.json().path("error").asText(), reply::toString);
    assertEquals("no-store", reply.header("Cache-Control").orElse(""), reply::toString);
  }
}

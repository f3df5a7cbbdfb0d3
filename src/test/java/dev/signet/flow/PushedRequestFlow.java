package dev.signet.flow;

import static dev.signet.flow.TestClients.ORDERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import dev.signet.base.secret.OpaqueToken;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Authorization requests that clients push (RFC 9126). */
interface PushedRequestFlow extends Flow {
  String CALLBACK = "https://app.example.org/callback";
  String VERIFIER = "a-verifier-that-nobody-else-would-ever-guess-1";

  @Test
  default void pushedRequestLeadsToACodeOnce() throws IOException {
    TestClients app = app(Map.of());
    Client.Reply pushed = push(app, request());
    Guest visitor = Guest.registered(client());

    assertEquals(201, pushed.status(), pushed::toString);
    assertEquals("no-store", pushed.header("Cache-Control").orElse(""));
    assertTrue(pushed.json().path("expires_in").asInt() >= 60);
    String reference = pushed.json().path("request_uri").asText();
    assertTrue(reference.matches("urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}"), reference);
    URI address = authorize(app, reference);
    assertEquals(200, visitor.get(address).status(), "the login page");
    assertEquals(200, visitor.get(address).status(), "and again");
    Map<String, String> answer = Guest.parameters(visitor.open(address));
    assertEquals("xyz", answer.get("state"), answer::toString);
    Client.Reply tokens = redeem(app, answer.get("code"));
    assertEquals(200, tokens.status(), tokens::toString);
    assertEquals(
        ORDERS, Forgery.part(tokens.json().path("access_token").asText(), 1).path("aud").asText());
    assertEquals(400, visitor.get(address).status(), "used");
  }

  /** RFC 9126, section 2.2: it is the reference that expires, and a login may take its time. */
  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void loginMayTakeLongerThanAPushedRequestCanBeReferredTo() throws SQLException {
    TestClients app = app(Map.of("initiate_login_uri", "https://app.example.org/login"));
    URI address = authorize(app, push(app, request()).json().path("request_uri").asText());
    Guest visitor = Guest.registered(client());
    Guest stranger = Guest.registered(client());
    Client.Reply login = visitor.get(address);
    TestDatabase.execute("update pushed_requests set expires_at = now()");

    Client.Reply refused = stranger.get(address);
    assertEquals(400, refused.status(), refused::toString);
    assertTrue(refused.body().contains("<h1>This request has expired</h1>"), refused::toString);
    assertTrue(
        refused.body().contains("href=\"https://app.example.org/login?iss="), refused::toString);
    assertEquals(200, visitor.get(address).status(), "the page again");
    Client.Reply consent = visitor.submit(login, Map.of());
    assertTrue(consent.body().contains("name=\"decision\""), consent::toString);
    assertEquals(200, visitor.get(address).status(), "and again after the login");

    Client.Reply back = visitor.submit(consent, Map.of("decision", "allow"));
    String code = Guest.parameters(URI.create(back.header("Location").orElse(""))).get("code");
    assertEquals(200, redeem(app, code).status());
    assertEquals(400, visitor.get(address).status(), "used");
  }

  /** A login in another window gives the browser another cookie. */
  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void pushedRequestStaysWithItsBrowserAfterALoginInAnotherWindow() throws SQLException {
    TestClients app = app(Map.of());
    URI address = authorize(app, push(app, request()).json().path("request_uri").asText());
    URI other = authorize(app, push(app, request()).json().path("request_uri").asText());
    Guest visitor = Guest.registered(client());
    Client.Reply login = visitor.get(address);
    TestDatabase.execute(
        "update pushed_requests set expires_at = now() where browser_hash is not null");
    assertTrue(Guest.parameters(visitor.open(other)).containsKey("code"));

    Client.Reply old = visitor.submit(login, Map.of());
    assertEquals(403, old.status(), old::toString);
    assertTrue(Guest.parameters(visitor.open(address)).containsKey("code"));
  }

  @Test
  default void pushedParametersCannotBeChangedInTheBrowser() {
    TestClients app = app(Map.of());
    String reference = push(app, request()).json().path("request_uri").asText();

    Map<String, String> answer =
        Guest.parameters(
            Guest.registered(client())
                .open(URI.create(authorize(app, reference) + "&state=other&scope=api")));

    assertEquals("xyz", answer.get("state"), answer::toString);
    assertTrue(answer.containsKey("code"), answer::toString);
  }

  @Test
  default void pushedRequestIsItsClientsAlone() {
    TestClients app = app(Map.of());
    String reference = push(app, request()).json().path("request_uri").asText();
    Guest visitor = Guest.registered(client());

    for (URI address :
        List.of(
            authorize(app(Map.of()), reference),
            authorize(app, reference + "x"),
            authorize(app, "urn:ietf:params:oauth:request_uri:"))) {
      Client.Reply page = visitor.get(address);
      assertEquals(400, page.status(), page::toString);
      assertFalse(page.header("Location").isPresent(), page::toString);
    }
  }

  /** RFC 6749, section 3.1. */
  @Test
  default void onePushedRequestIsNamedAndNoMore() {
    TestClients app = app(Map.of());
    String reference = push(app, request()).json().path("request_uri").asText();
    String again = "&" + TestClients.encoded(Map.of("request_uri", reference));

    Map<String, String> refused =
        Guest.parameters(
            Guest.registered(client()).open(URI.create(authorize(app, reference) + again)));

    assertEquals("invalid_request", refused.get("error"), refused::toString);
  }

  @Test
  default void pushedRequestMayHaveALongStateAndNonce() throws IOException {
    TestClients app = app(Map.of());
    Map<String, String> request = with("nonce", "n".repeat(20_000));
    request.put("state", "s".repeat(5_900));
    request.put("max_age", "9".repeat(20));
    String reference = push(app, request).json().path("request_uri").asText();

    Map<String, String> answer =
        Guest.parameters(Guest.registered(client()).open(authorize(app, reference)));

    assertEquals(request.get("state"), answer.get("state"));
    String idToken = redeem(app, answer.get("code")).json().path("id_token").asText();
    assertEquals(request.get("nonce"), Forgery.part(idToken, 1).path("nonce").asText());
  }

  @Test
  default void requestIsCheckedWhenItIsPushed() {
    TestClients app = app(Map.of());

    assertError(400, "invalid_request", push(app, with("redirect_uri", "https://evil.example/")));
    assertError(400, "invalid_scope", push(app, with("scope", "admin")));
    assertError(400, "invalid_target", push(app, with("resource", "https://x.example")));
    assertError(400, "unsupported_response_type", push(app, with("response_type", "token")));
    assertError(400, "invalid_request", push(app, with("code_challenge_method", "plain")));
    assertError(400, "invalid_request", push(app, with("code_challenge", "")));
    assertError(400, "request_not_supported", push(app, with("request", "eyJhbGciOiJub25lIn0..")));
    assertError(400, "invalid_request", push(app, with("request_uri", "https://app.example.org")));
    assertError(400, "invalid_request", push(app, with("ui_locales", "x".repeat(33_000))));
    assertError(400, "invalid_request", push(app, with("state", "x".repeat(6_001))));
    assertError(400, "invalid_request", push(app, with("client_id", app(Map.of()).id())));
    Map<String, String> most = new HashMap<>(request());
    for (int i = most.size(); i < 100; i++) {
      most.put("unknown" + i, "x");
    }
    assertError(400, "invalid_request", push(app, most)); // With client_id, it is one too many.
    TestClients service = TestClients.service(TestUsers.administrator(client()));
    assertError(400, "invalid_request", push(service, request()));
  }

  @Test
  default void whoIsNotTheClientPushesNothing() {
    TestClients app = app(Map.of());

    assertError(401, "invalid_client", push(new TestClients(app.id(), "wrong"), request()));
    Map<String, String> anonymous = new HashMap<>(request());
    anonymous.put("client_id", app.id());
    assertError(
        401,
        "invalid_client",
        client().send(TestClients.form(client(), "/oauth2/par", TestClients.encoded(anonymous))));
  }

  @Test
  default void publicClientsPushToo() {
    TestClients app = app(Map.of("token_endpoint_auth_method", "none"));
    Map<String, String> request = new HashMap<>(request());
    request.put("client_id", app.id());

    Client.Reply pushed =
        client().send(TestClients.form(client(), "/oauth2/par", TestClients.encoded(request)));

    assertEquals(201, pushed.status(), pushed::toString);
  }

  @Test
  default void clientThatMustPushIsRefusedOtherwise() {
    TestClients app = app(Map.of("require_pushed_authorization_requests", true));
    Guest visitor = Guest.registered(client());
    Map<String, String> direct = new HashMap<>(request());
    direct.put("client_id", app.id());

    Map<String, String> refused =
        Guest.parameters(
            visitor.open(
                URI.create(
                    client().baseUrl() + "/oauth2/authorize?" + TestClients.encoded(direct))));
    assertEquals("invalid_request", refused.get("error"), refused::toString);
    String reference = push(app, request()).json().path("request_uri").asText();
    Map<String, String> answer = Guest.parameters(visitor.open(authorize(app, reference)));
    assertTrue(answer.containsKey("code"), answer::toString);
  }

  /** RFC 9449, section 10.1. */
  @Test
  default void proofOfAPushedRequestMustBeOfTheKeyThatItNames() throws Exception {
    TestClients app = app(Map.of());
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();
    String named = key.computeThumbprint().toString();

    assertEquals(201, pushWithProof(app, with("dpop_jkt", named), key).status());
    assertError(
        400,
        "invalid_dpop_proof",
        pushWithProof(app, with("dpop_jkt", new OpaqueToken("another").hash()), key));
    String reference = pushWithProof(app, request(), key).json().path("request_uri").asText();
    String code =
        Guest.parameters(Guest.registered(client()).open(authorize(app, reference))).get("code");
    assertError(400, "invalid_grant", redeem(app, code)); // without the key
  }

  private Client.Reply pushWithProof(TestClients app, Map<String, String> request, ECKey key)
      throws Exception {
    String proof =
        new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256)
            .createDPoPJWT("POST", URI.create(client().baseUrl() + "/oauth2/par"))
            .serialize();
    return client()
        .send(
            TestClients.form(client(), "/oauth2/par", TestClients.encoded(request))
                .header("Authorization", app.basic())
                .header("DPoP", proof));
  }

  private Client.Reply redeem(TestClients app, String code) {
    return app.post(
        client(),
        "/oauth2/token",
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            CALLBACK,
            "code_verifier",
            VERIFIER));
  }

  @Test
  default void foreignRequestUriIsNotFetched() {
    TestClients app = app(Map.of());
    Map<String, String> direct = new HashMap<>(with("request_uri", "https://app.example.org/r"));
    direct.put("client_id", app.id());

    Map<String, String> refused =
        Guest.parameters(
            Guest.registered(client())
                .open(
                    URI.create(
                        client().baseUrl() + "/oauth2/authorize?" + TestClients.encoded(direct))));

    assertEquals("request_uri_not_supported", refused.get("error"), refused::toString);
  }

  private TestClients app(Map<String, Object> more) {
    Map<String, Object> metadata = new HashMap<>(more);
    metadata.put("client_name", "Web shop");
    metadata.put("grant_types", List.of("authorization_code"));
    metadata.put("redirect_uris", List.of(CALLBACK));
    metadata.put("scope", "openid profile");
    metadata.put("audience", List.of(ORDERS));
    return TestClients.registered(TestUsers.administrator(client()), metadata);
  }

  private static Map<String, String> request() {
    return Map.of(
        "response_type",
        "code",
        "redirect_uri",
        CALLBACK,
        "scope",
        "openid profile",
        "state",
        "xyz",
        "resource",
        ORDERS,
        "code_challenge",
        new OpaqueToken(VERIFIER).hash(),
        "code_challenge_method",
        "S256");
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> changed = new HashMap<>(request());
    changed.put(name, value);
    return changed;
  }

  private Client.Reply push(TestClients app, Map<String, String> request) {
    return app.post(client(), "/oauth2/par", request);
  }

  private URI authorize(TestClients app, String reference) {
    return URI.create(
        client().baseUrl()
            + "/oauth2/authorize?"
            + TestClients.encoded(Map.of("client_id", app.id(), "request_uri", reference)));
  }

  private static void assertError(int status, String error, Client.Reply reply) {
    assertEquals(status, reply.status(), reply::toString);
    JsonNode body = reply.json();
    assertEquals(error, body.path("error").asText(), reply::toString);
  }
}

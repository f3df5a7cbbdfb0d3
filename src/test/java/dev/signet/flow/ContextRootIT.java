package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.signet.domain.jose.TestAssertions;
import dev.signet.domain.jose.TestProofs;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signet below a context root and under {@code signet.profile=fapi2}, in one start by the command
 * that README names.
 */
class ContextRootIT {
  private static final Duration START = Duration.ofMinutes(4);
  private static final String FORGED = "attacker.example";

  private static final String CALLBACK = "https://app.example.org/callback";

  @TempDir private static Path directory;
  private static Process signet;
  private static Client server;
  private static Client client;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Ports ports = Ports.free();
    server = Client.of("http://localhost:" + ports.http());
    client = Client.of(server.baseUrl() + "/id");
    String arguments =
        Files.readString(Path.of("payara-config/run"))
            .replace("--port 8080", "--port " + ports.http())
            .replace("--sslport 8443", "--sslport " + ports.https())
            .replace("--contextroot /", "--contextroot /id")
            .replace("target/development.p12", directory.resolve("own.p12").toString());
    Path log = directory.resolve("log");
    signet =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@payara-config/jvm.options",
                "-Dsignet.data.directory=" + directory.resolve("data"),
                "-Dsignet.issuer=" + client.baseUrl(),
                "-Dsignet.profile=fapi2",
                "@" + Files.writeString(directory.resolve("run"), arguments))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long end = System.nanoTime() + START.toNanos();
    while (!text(log).contains("Signet is ready")) {
      boolean ended = signet.waitFor(100, TimeUnit.MILLISECONDS);
      assertFalse(ended || System.nanoTime() > end, () -> text(log));
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    signet.destroy();
    signet.waitFor();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/id", "//id", "/id/docs", "/id/example", "/id/docs/..", "/id/docs/..;x"})
  void redirectDoesNotNameTheHostThatIsSent(String path) {
    try (Wire wire = Wire.to(server)) {
      String answer =
          wire.send(
                  "GET " + path + " HTTP/1.1\r\nHost: " + FORGED + "\r\nConnection: close\r\n\r\n")
              .answer();

      assertTrue(answer.startsWith("HTTP/1.1 "), answer);
      assertFalse(answer.contains(FORGED), answer);
    }
  }

  @Test
  void pagesAndDocumentsAreBelowTheContextRoot() {
    for (String path : List.of("/", "/docs/", "/example/", "/api/health/ready")) {
      assertEquals(200, client.get(path).status(), path);
    }
    assertEquals(401, client.get("/metrics").status());
    JsonNode metadata = client.get("/.well-known/openid-configuration").json();
    assertEquals(client.baseUrl(), metadata.path("issuer").asText());
    assertEquals(client.baseUrl() + "/oauth2/token", metadata.path("token_endpoint").asText());
    JsonNode description = client.get("/api/openapi").json();
    assertEquals(
        URI.create(client.baseUrl() + "/"),
        URI.create(client.baseUrl() + "/api/openapi")
            .resolve(description.path("servers").path(0).path("url").asText()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/openapi", "/metrics"})
  void serverHasNoEndpointsAboveTheContextRoot(String path) {
    assertEquals(404, server.get(path).status());
  }

  @Test
  void addressOfWhatIsCreatedHasTheContextRoot() throws Exception {
    Client.Reply created =
        TestUsers.administrator(client).post("/api/admin/clients", metadata(key()));

    assertEquals(201, created.status(), created::toString);
    String location = created.header("Location").orElseThrow();
    assertTrue(location.startsWith(client.baseUrl() + "/api/admin/clients/"), location);
  }

  @Test
  void cookieOfTheRefreshTokenHasTheContextRoot() {
    String name = TestUsers.freshName();
    TestUsers.register(client, name, TestUsers.PASSWORD);
    Client.Reply login =
        client.post(
            "/api/login",
            Map.of("username", name, "password", TestUsers.PASSWORD, "delivery", "cookie"));

    List<String> cookies = login.response().headers().allValues("Set-Cookie");
    assertTrue(
        cookies.stream().anyMatch(cookie -> cookie.contains("Path=/id/api/refresh")),
        cookies::toString);
  }

  /** FAPI 2.0 Security Profile, section 5.3.2.1. */
  @Test
  void clientsThatAreNotOfTheProfileAreNotRegistered() throws Exception {
    Client administrator = TestUsers.administrator(client);
    Map<String, Object> good = metadata(key());
    for (Map<String, Object> change :
        List.<Map<String, Object>>of(
            Map.of("token_endpoint_auth_method", "client_secret_basic"),
            Map.of("token_endpoint_auth_method", "none"),
            Map.of("dpop_bound_access_tokens", false),
            Map.of("redirect_uris", List.of("http://app.example.org/callback")))) {
      Map<String, Object> metadata = new HashMap<>(good);
      metadata.putAll(change);

      Client.Reply refused = administrator.post("/api/admin/clients", metadata);

      assertEquals(400, refused.status(), () -> change + " " + refused);
    }
  }

  /** FAPI 2.0 Security Profile, sections 5.3.2.1, 5.3.2.2 and 5.4.1. */
  @Test
  void requestsThatAreNotOfTheProfileAreRefused() throws Exception {
    ECKey key = key();
    String id = register(key);

    JWK rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    assertError(401, "invalid_client", push(assertion(id, rsa, JWSAlgorithm.RS256), request(id)));
    assertError(
        401,
        "invalid_client",
        push(
            TestAssertions.signed(
                key,
                JWSAlgorithm.ES256,
                TestAssertions.claims(id, client.baseUrl() + "/oauth2/token", now()).build()),
            request(id)));
    Map<String, String> withoutPkce = request(id);
    withoutPkce.keySet().removeIf(name -> name.startsWith("code_challenge"));
    assertError(400, "invalid_request", push(assertion(id, key, JWSAlgorithm.ES256), withoutPkce));
    Map<String, String> plain = request(id);
    plain.put("code_challenge_method", "plain");
    assertError(400, "invalid_request", push(assertion(id, key, JWSAlgorithm.ES256), plain));

    URI notPushed =
        URI.create(client.baseUrl() + "/oauth2/authorize?" + TestClients.encoded(request(id)));
    Map<String, String> answer = Guest.parameters(Guest.registered(client).open(notPushed));
    assertEquals("invalid_request", answer.get("error"), answer::toString);
    assertFalse(answer.containsKey("code"), answer::toString);

    Map<String, String> redemption = redemption(code(id, key));
    assertError(400, "invalid_dpop_proof", token(id, key, redemption, ""));
  }

  /** FAPI 2.0 Security Profile, section 5.3.2.1, and 5.4.1 for algorithms. */
  @Test
  void clientOfTheProfileGetsTokensThatItKeepsWithoutRotation() throws Exception {
    ECKey key = key();
    TestProofs holder = TestProofs.fresh();
    String id = register(key);
    String address = client.baseUrl() + "/oauth2/token";

    Client.Reply redeemed =
        token(id, key, redemption(code(id, key)), holder.proof("POST", address, now()));

    assertEquals(200, redeemed.status(), redeemed::toString);
    JsonNode tokens = redeemed.json();
    assertEquals("DPoP", tokens.path("token_type").asText(), redeemed::toString);
    assertEquals("ES256", Forgery.part(tokens.path("id_token").asText(), 0).path("alg").asText());
    JsonNode access = Forgery.part(tokens.path("access_token").asText(), 1);
    assertEquals(client.baseUrl(), access.path("iss").asText());
    assertEquals(holder.thumbprint(), access.path("cnf").path("jkt").asText());
    String refreshToken = tokens.path("refresh_token").asText();
    Map<String, String> refresh =
        Map.of("grant_type", "refresh_token", "refresh_token", refreshToken);
    for (int i = 0; i < 2; i++) {
      Client.Reply again = token(id, key, refresh, holder.proof("POST", address, now()));
      assertEquals(200, again.status(), again::toString);
      assertEquals(refreshToken, again.json().path("refresh_token").asText(refreshToken));
    }
  }

  private static String code(String id, ECKey key) {
    Client.Reply pushed = push(assertion(id, key, JWSAlgorithm.ES256), request(id));
    assertEquals(201, pushed.status(), pushed::toString);
    String query =
        TestClients.encoded(
            Map.of("client_id", id, "request_uri", pushed.json().path("request_uri").asText()));
    Map<String, String> answer =
        Guest.parameters(
            Guest.registered(client)
                .open(URI.create(client.baseUrl() + "/oauth2/authorize?" + query)));
    assertEquals(client.baseUrl(), answer.get("iss"), answer::toString);
    assertTrue(answer.containsKey("code"), answer::toString);
    return answer.get("code");
  }

  private static Client.Reply push(String assertion, Map<String, String> request) {
    return send("/oauth2/par", assertion, request, "");
  }

  private static Client.Reply token(
      String id, ECKey key, Map<String, String> parameters, String proof) {
    return send("/oauth2/token", assertion(id, key, JWSAlgorithm.ES256), parameters, proof);
  }

  private static Client.Reply send(
      String path, String assertion, Map<String, String> parameters, String proof) {
    Map<String, String> form = new HashMap<>(parameters);
    form.put("client_assertion_type", FapiFlow.TYPE);
    form.put("client_assertion", assertion);
    var request = TestClients.form(client, path, TestClients.encoded(form));
    return client.send(proof.isEmpty() ? request : request.header("DPoP", proof));
  }

  private static Map<String, String> redemption(String code) {
    return Map.of(
        "grant_type",
        "authorization_code",
        "code",
        code,
        "redirect_uri",
        CALLBACK,
        "code_verifier",
        Visitor.VERIFIER);
  }

  private static Map<String, String> request(String id) {
    Map<String, String> request = Visitor.request(new TestClients(id, ""));
    request.put("redirect_uri", CALLBACK);
    return request;
  }

  private static String register(ECKey key) {
    return TestClients.registered(TestUsers.administrator(client), metadata(key)).id();
  }

  private static Map<String, Object> metadata(ECKey key) {
    return Map.of(
        "client_name",
        "Accounts",
        "token_endpoint_auth_method",
        "private_key_jwt",
        "jwks",
        new JWKSet(key.toPublicJWK()).toJSONObject(),
        "dpop_bound_access_tokens",
        true,
        "grant_types",
        List.of("authorization_code", "refresh_token"),
        "redirect_uris",
        List.of(CALLBACK),
        "scope",
        "openid orders:read");
  }

  private static ECKey key() throws Exception {
    return new ECKeyGenerator(Curve.P_256).keyID("1").generate();
  }

  private static String assertion(String id, JWK key, JWSAlgorithm algorithm) {
    return TestAssertions.signed(
        key, algorithm, TestAssertions.claims(id, client.baseUrl(), now()).build());
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }

  private static void assertError(int status, String error, Client.Reply reply) {
    assertEquals(status, reply.status(), reply::toString);
    assertEquals(error, reply.json().path("error").asText(), reply::toString);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // not yet
    }
  }
}

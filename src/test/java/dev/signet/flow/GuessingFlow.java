package dev.signet.flow;

import static dev.signet.flow.GuardFlow.WRONG;
import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.TestUsers.OTHER_PASSWORD;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.administrator;
import static dev.signet.flow.TestUsers.freshAddress;
import static dev.signet.flow.TestUsers.login;
import static dev.signet.flow.TestUsers.refresh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.jose.TestAssertions;
import dev.signet.flow.TestUsers.Person;
import dev.signet.flow.TestUsers.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each path that checks a credential counts guesses, and nothing else ({@code
 * docs/security/guessing.md}).
 */
interface GuessingFlow extends Flow {
  /** No token that Signet issues. */
  String MALFORMED = "unknown";

  /** Nothing tells a refresh token that has been deleted from others of its form. */
  String DELETED = OpaqueToken.random().value();

  /** One request from an address of the test. */
  interface Request {
    Client.Reply send(Client from);
  }

  /** What tries one row of the table. */
  record Row(Request guess, List<Request> others) {
    Row(Request guess, Request... others) {
      this(guess, List.of(others));
    }
  }

  /** How much has been counted so far. */
  record Counts(long source, long account) {
    Counts since(Counts before) {
      return new Counts(source - before.source, account - before.account);
    }
  }

  @Test
  default void everyPathCountsGuessesAndNothingElse() throws Exception {
    Map<String, Row> rows = rows();
    Map<String, Counts> documented = documented();
    assertEquals(documented.keySet(), rows.keySet());

    rows.forEach(
        (credential, row) -> {
          assertEquals(documented.get(credential), counted(row.guess()), credential);
          for (int i = 0; i < row.others().size(); i++) {
            assertEquals(
                new Counts(0, 0), counted(row.others().get(i)), credential + ", no guess " + i);
          }
        });
  }

  @Test
  default void wrongOldPasswordsFromManySourcesLockTheAccount() {
    Person ada = TestUsers.loggedIn(client());
    Client.Reply wrong = null;
    for (int i = 0; i < 10; i++) {
      wrong = changePassword(ada.client().from(freshAddress()), WRONG, OTHER_PASSWORD);
      assertProblem(400, "invalid-input", wrong, "old_password");
    }

    Client.Reply right =
        changePassword(ada.client().from(freshAddress()), PASSWORD, OTHER_PASSWORD);

    assertEquals(wrong.status(), right.status(), right::toString);
    assertEquals(wrong.body(), right.body());
    assertEquals(200, login(client(), ada.username(), PASSWORD).status(), "at a known place");
  }

  @Test
  default void clientIsToldThatItsMethodIsNotTheRegisteredOne() {
    TestClients service = TestClients.service(administrator(client()));
    Map<String, String> form = new HashMap<>(Map.of("grant_type", "client_credentials"));
    form.put("client_id", service.id());

    form.put("client_secret", service.secret());
    Client.Reply right = post(client(), form);
    form.put("client_secret", "wrong");
    Client.Reply wrong = post(client(), form);

    assertEquals(401, right.status(), right::toString);
    assertTrue(
        right.json().path("error_description").asText().endsWith("is client_secret_basic."),
        right::toString);
    assertEquals(
        new TestClients(service.id(), "wrong").token(client()).body(), wrong.body(), "no hint");
  }

  private Map<String, Row> rows() throws JOSEException {
    Client admin = administrator(client());
    Person ada = TestUsers.loggedIn(client());
    Person disabled = TestUsers.loggedIn(client());
    assertEquals(
        200, admin.patch("/api/users/" + disabled.id(), Map.of("enabled", false)).status());
    TestClients app = TestClients.app(admin, Map.of());
    TestClients webApp =
        TestClients.app(admin, Map.of("token_endpoint_auth_method", "client_secret_basic"));
    Map<String, Row> rows = new LinkedHashMap<>();
    rows.put(
        "Password",
        new Row(
            from -> login(from, ada.username(), WRONG),
            from -> login(from, disabled.username(), PASSWORD),
            from -> from.post("/api/login", Map.of("username", "ada"))));
    rows.put(
        "Password on a page",
        new Row(
            from -> onPage(from, app, ada.username(), WRONG),
            from -> onPage(from, app, disabled.username(), PASSWORD)));
    rows.put(
        "Old password",
        new Row(
            from -> changePassword(as(ada, from), WRONG, OTHER_PASSWORD),
            from -> changePassword(as(ada, from), PASSWORD, "password")));
    Tokens ended = TestUsers.tokens(client(), ada);
    client().post("/api/logout", Map.of("refresh_token", ended.refresh()));
    rows.put(
        "Refresh token",
        new Row(
            from -> refresh(from, MALFORMED),
            from -> refresh(from, ended.refresh()),
            from -> refresh(from, DELETED)));
    rows.put("Client secret", secrets(admin, app));
    rows.put("Client assertion", assertions(admin));
    rows.put("Authorization code of a public client", codes(app, webApp, ada));
    rows.put(
        "Refresh token of a public client",
        new Row(
            from -> post(from, refreshForm(app, MALFORMED)),
            from -> post(from, refreshForm(app, DELETED)),
            from -> post(from, refreshForm(app, ended.refresh())),
            from -> webApp.post(from, "/oauth2/token", refreshForm(webApp, MALFORMED))));
    TestClients television = TestClients.television(admin);
    JsonNode asked = ask(television);
    Request poll = from -> poll(from, television, asked.path("device_code").asText());
    rows.put(
        "Device code of a public client",
        new Row(from -> poll(from, television, OpaqueToken.random().value()), poll, poll));
    rows.put("User code", userCodes(television));
    rows.put("Registration access token", registrationTokens(admin));
    rows.put(
        "Metrics secret",
        new Row(
            from -> from.withToken("wrong").get("/metrics"),
            from -> from.withToken("eyJhbGciOiJSUzI1NiJ9.e30.AA").get("/metrics")));
    return rows;
  }

  private Row secrets(Client admin, TestClients app) {
    TestClients service = TestClients.service(admin);
    Map<String, String> inBody = new HashMap<>(Map.of("grant_type", "client_credentials"));
    inBody.put("client_id", service.id());
    inBody.put("client_secret", service.secret());
    TestClients disabled =
        TestClients.registered(
            admin, Map.of("enabled", false, "grant_types", List.of("client_credentials")));
    return new Row(
        from -> new TestClients(service.id(), "wrong").token(from),
        from -> new TestClients(app.id(), "").post(from, "/oauth2/revoke", Map.of("token", "x")),
        from -> new TestClients(service.id(), "").token(from),
        from -> new TestClients(app.id(), "any").token(from),
        from -> post(from, inBody),
        disabled::token);
  }

  private Row assertions(Client admin) throws JOSEException {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    ECKey sameName = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    ECKey another = new ECKeyGenerator(Curve.P_256).keyID("2").generate();
    String id = keyed(admin, "jwks", Map.of("keys", List.of(key.toPublicJWK().toJSONObject())));
    String publishing;
    try (Published gone = Published.of("{}")) {
      publishing = keyed(admin, "jwks_uri", gone.uri("localhost"));
    }
    String issuer = System.getProperty(ServerSession.URL);
    return new Row(
        from -> post(from, assertion(sameName, id, issuer)),
        from -> post(from, assertion(key, id, "https://x.example")),
        from -> post(from, assertion(another, id, issuer)),
        from -> post(from, assertion(key, publishing, issuer)));
  }

  private Row codes(TestClients app, TestClients webApp, Person person) {
    Map<String, String> unknown = Map.of("grant_type", "authorization_code", "code", MALFORMED);
    Visitor visitor = new Visitor(client());
    String code =
        Visitor.answer(visitor.logIn(Visitor.request(app), person.username())).get("code");
    assertEquals(200, visitor.redeem(app, code).status());
    return new Row(
        from -> new Visitor(from).redeem(app, MALFORMED),
        from -> new Visitor(from).redeem(app, code),
        from -> webApp.post(from, "/oauth2/token", unknown));
  }

  private Row userCodes(TestClients television) {
    JsonNode asked = ask(television);
    Guest.registered(client())
        .keepOut(URI.create(asked.path("verification_uri_complete").asText()));
    return new Row(
        from -> enter(from, "BCDF-GHJK"), from -> enter(from, asked.path("user_code").asText()));
  }

  private Row registrationTokens(Client admin) {
    JsonNode client =
        admin
            .post(
                RegistrationFlow.REGISTER, Map.of("redirect_uris", RegistrationFlow.REDIRECT_URIS))
            .json();
    String id = client.path("client_id").asText();
    String path = RegistrationFlow.REGISTER + "/" + id;
    Map<String, Object> registered = new HashMap<>();
    admin
        .get("/api/admin/clients/" + id)
        .json()
        .properties()
        .forEach(member -> registered.put(member.getKey(), member.getValue()));
    registered.put("enabled", false);
    Client.Reply off = admin.put("/api/admin/clients/" + id, registered);
    assertEquals(200, off.status(), off::toString);
    String token = client.path("registration_access_token").asText();
    return new Row(
        from -> from.withToken("wrong").get(path), from -> from.withToken(token).get(path));
  }

  private Counts counted(Request request) {
    Counts before = counts();
    Client.Reply reply = request.send(client().from(freshAddress()));
    assertTrue(reply.status() < 500 || reply.status() == 503, reply::toString);
    return counts().since(before);
  }

  private Counts counts() {
    Client.Reply figures = client().withToken(ServerSession.METRICS_SECRET).get("/metrics");
    assertEquals(200, figures.status(), figures::toString);
    return new Counts(value(figures, "source"), value(figures, "account"));
  }

  private static long value(Client.Reply figures, String countedFor) {
    String series = "signet_failed_attempts_total{counted_for=\"" + countedFor + "\"} ";
    return figures
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length())))
        .findFirst()
        .orElse(0);
  }

  /** What the table says that one guess counts for, by the credential. */
  private static Map<String, Counts> documented() throws IOException {
    Map<String, Counts> counts = new LinkedHashMap<>();
    try (Stream<String> lines = Files.lines(Path.of("docs", "security", "guessing.md"))) {
      lines
          .filter(line -> line.startsWith("| "))
          .map(line -> line.split(" *\\| *"))
          .filter(cells -> !cells[1].equals("Credential"))
          .forEach(
              cells -> {
                List<String> countedFor = List.of(cells[4].split(", "));
                counts.put(
                    cells[1],
                    new Counts(
                        countedFor.contains("source") ? 1 : 0,
                        countedFor.contains("account") ? 1 : 0));
              });
    }
    return counts;
  }

  private static Client as(Person person, Client from) {
    return from.withToken(person.client().token().orElseThrow());
  }

  private static Client.Reply changePassword(Client client, String old, String chosen) {
    return client.post("/api/me/password", Map.of("old_password", old, "new_password", chosen));
  }

  private static Client.Reply onPage(
      Client from, TestClients app, String username, String password) {
    Visitor visitor = new Visitor(from);
    return visitor.logIn(visitor.authorize(Visitor.request(app)), username, password);
  }

  private Client.Reply enter(Client from, String code) {
    Guest guest = Guest.registered(from);
    return guest.submit(guest.loggedInAt("/oauth2/device"), Map.of("user_code", code));
  }

  private JsonNode ask(TestClients television) {
    return client()
        .send(
            TestClients.form(
                client(),
                "/oauth2/device_authorization",
                TestClients.encoded(Map.of("client_id", television.id()))))
        .json();
  }

  private static Client.Reply poll(Client from, TestClients television, String code) {
    return post(
        from,
        Map.of("grant_type", DeviceFlow.GRANT, "client_id", television.id(), "device_code", code));
  }

  private static Map<String, String> refreshForm(TestClients client, String token) {
    return Map.of("grant_type", "refresh_token", "client_id", client.id(), "refresh_token", token);
  }

  private static String keyed(Client admin, String member, Object value) {
    return TestClients.registered(
            admin,
            Map.of(
                "grant_types",
                List.of("client_credentials"),
                "token_endpoint_auth_method",
                "private_key_jwt",
                member,
                value))
        .id();
  }

  private static Map<String, String> assertion(ECKey key, String id, String audience) {
    return Map.of(
        "grant_type",
        "client_credentials",
        "client_assertion_type",
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion",
        TestAssertions.signed(
            key, JWSAlgorithm.ES256, TestAssertions.claims(id, audience, Instant.now()).build()));
  }

  private static Client.Reply post(Client from, Map<String, String> form) {
    return from.send(TestClients.form(from, "/oauth2/token", TestClients.encoded(form)));
  }
}

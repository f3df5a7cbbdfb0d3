package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.domain.jose.TestProofs;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Services that call other services on behalf of their caller (RFC 8693). */
interface TokenExchangeFlow extends Flow {
  String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  String ORDERS = "https://orders.example.org";
  String STOCK = "https://stock.example.org";

  @Test
  default void chainOfServicesGoesOnInTheNameOfAUser() throws IOException {
    Client administrator = TestUsers.administrator(client());
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients gateway = service(administrator, List.of(ORDERS), Map.of());
    TestClients orders = service(administrator, List.of(ORDERS, STOCK), Map.of());

    Client.Reply first = exchange(gateway, token(ada), Map.of("audience", ORDERS));
    assertEquals(200, first.status(), first::toString);
    assertEquals(ACCESS_TOKEN, first.json().path("issued_token_type").asText());
    assertEquals("Bearer", first.json().path("token_type").asText());
    assertEquals("api", first.json().path("scope").asText());
    assertFalse(first.json().has("refresh_token"));
    Client.Reply second = exchange(orders, given(first), Map.of("resource", STOCK));

    JsonNode claims = Forgery.part(given(second), 1);
    assertEquals(ada.id(), claims.path("sub").asText());
    assertEquals(ada.username(), claims.path("upn").asText());
    assertEquals("[\"user\"]", claims.path("groups").toString());
    assertEquals(STOCK, claims.path("aud").asText());
    assertEquals(orders.id(), claims.path("client_id").asText());
    assertEquals(orders.id(), claims.path("act").path("sub").asText());
    assertEquals(gateway.id(), claims.path("act").path("act").path("sub").asText());
    JsonNode former = Forgery.part(token(ada), 1);
    assertEquals(former.path("sid"), claims.path("sid"));
    assertEquals(former.path("auth_time"), claims.path("auth_time"));
    assertTrue(claims.path("exp").asLong() <= former.path("exp").asLong());
  }

  @Test
  default void exchangedTokenOpensTheApiAndEndsWithTheSession() {
    Client administrator = TestUsers.administrator(client());
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = service(administrator, List.of(), Map.of());
    Client caller = client().withToken(given(exchange(app, token(ada), Map.of())));

    assertEquals(ada.id(), caller.get("/api/me").json().path("id").asText());
    assertEquals(204, ada.client().post("/api/logout", Map.of()).status());

    assertEquals(401, caller.get("/api/me").status());
    assertError("invalid_request", exchange(app, token(ada), Map.of()));
  }

  @Test
  default void whoeverIsNotRegisteredForTheApiCannotOpenItInAUsersName() {
    Client administrator = TestUsers.administrator(client());
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = service(administrator, List.of(), Map.of("scope", "orders"));

    assertError("invalid_scope", exchange(app, token(ada), Map.of("scope", "api")));
    Client.Reply none = exchange(app, token(ada), Map.of());
    assertFalse(none.json().has("scope"), none::toString);
    Client.Reply refused = client().withToken(given(none)).get("/api/me");

    assertEquals(403, refused.status(), refused::toString);
    assertTrue(
        refused
            .header("WWW-Authenticate")
            .orElse("")
            .startsWith("Bearer realm=\"Signet\", error=\"insufficient_scope\", scope=\"api\""),
        refused::toString);
  }

  @Test
  default void serviceGoesOnInTheNameOfAnotherService() throws IOException {
    Client administrator = TestUsers.administrator(client());
    TestClients reports = TestClients.service(administrator);
    TestClients gateway = service(administrator, List.of(ORDERS), Map.of());
    String subject = reports.accessToken(client(), Map.of("resource", ORDERS));

    String token = given(exchange(gateway, subject, Map.of()));

    JsonNode claims = Forgery.part(token, 1);
    assertEquals(reports.id(), claims.path("sub").asText());
    assertEquals(gateway.id(), claims.path("act").path("sub").asText());
    assertFalse(claims.has("upn"));
    JsonNode told = introspect(gateway, token);
    assertTrue(told.path("active").asBoolean(), told::toString);
    assertEquals("{\"active\":false}", introspect(reports, token).toString());
  }

  @Test
  default void tokenIsExchangedForWhatItsClientIsRegisteredForNow() {
    Client administrator = TestUsers.administrator(client());
    TestClients reports = TestClients.service(administrator);
    TestClients gateway =
        service(administrator, List.of(ORDERS), Map.of("scope", "orders:read orders:write"));
    String subject = reports.accessToken(client(), Map.of("resource", ORDERS));

    reports.change(administrator, Map.of("scope", "orders:read"));
    Client.Reply less = exchange(gateway, subject, Map.of());
    assertEquals("orders:read", less.json().path("scope").asText(), less::toString);
    reports.change(administrator, Map.of("audience", List.of(STOCK)));
    assertError("invalid_request", exchange(gateway, subject, Map.of()));
    reports.change(administrator, Map.of("audience", List.of(ORDERS), "enabled", false));
    assertError("invalid_request", exchange(gateway, subject, Map.of()));
  }

  @Test
  default void onlyAClientThatMayImpersonateIsNotNamed() throws IOException {
    Client administrator = TestUsers.administrator(client());
    String ada = token(TestUsers.loggedIn(client()));
    TestClients silent = service(administrator, List.of(), Map.of("may_impersonate", true));

    assertFalse(Forgery.part(given(exchange(silent, ada, Map.of())), 1).has("act"));
    TestClients usual = service(administrator, List.of(), Map.of());
    assertTrue(Forgery.part(given(exchange(usual, ada, Map.of())), 1).has("act"));
  }

  @Test
  default void exchangedTokenCanBeBoundToTheKeyOfTheService() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = service(TestUsers.administrator(client()), List.of(), Map.of());
    TestProofs key = TestProofs.fresh();
    String issuer = System.getProperty(ServerSession.URL);
    Map<String, String> form = form(token(ada));
    form.put("grant_type", EXCHANGE);
    String proof = key.proof("POST", issuer + "/oauth2/token", Clock.systemUTC().instant());

    String token = given(app.token(client(), form, proof));

    assertEquals(401, client().withToken(token).get("/api/me").status());
    Client.Reply me =
        client()
            .send(
                client()
                    .request("/api/me")
                    .header("Authorization", "DPoP " + token)
                    .header(
                        "DPoP",
                        key.proof("GET", issuer + "/api/me", Clock.systemUTC().instant(), token)));
    assertEquals(200, me.status(), me::toString);
  }

  @Test
  default void whatCannotBeExchangedIsRefused() {
    Client administrator = TestUsers.administrator(client());
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = service(administrator, List.of(ORDERS), Map.of());
    String foreign =
        TestClients.registered(
                administrator,
                Map.of(
                    "grant_types",
                    List.of("client_credentials"),
                    "audience",
                    List.of("https://foreign.example.org")))
            .accessToken(client(), Map.of());

    assertError("invalid_request", exchange(app, "x", Map.of()));
    assertError("invalid_request", exchange(app, foreign, Map.of()));
    assertError("invalid_target", exchange(app, token(ada), Map.of("audience", STOCK)));
    assertError("invalid_scope", exchange(app, token(ada), Map.of("scope", "admin")));
    assertError(
        "invalid_request",
        exchange(app, token(ada), Map.of("requested_token_type", ACCESS_TOKEN + "x")));
    assertError("unauthorized_client", exchange(TestClients.service(administrator), "x", Map.of()));
  }

  @Test
  default void exchangeIsRecordedWithItsActor() {
    Client administrator = TestUsers.administrator(client());
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = service(administrator, List.of(), Map.of());
    given(exchange(app, token(ada), Map.of()));

    await(
        Duration.ofSeconds(10),
        () -> {
          JsonNode events =
              administrator
                  .get("/api/admin/audit?type=token_exchanged&subject=" + ada.id())
                  .json()
                  .path("items");
          return events.size() == 1
              && events.get(0).path("client").asText().equals(app.id())
              && events.get(0).path("detail").asText().endsWith(", actor " + app.id());
        });
  }

  private TestClients service(
      Client administrator, List<String> audience, Map<String, Object> more) {
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("grant_types", List.of(EXCHANGE));
    metadata.put("scope", "api");
    metadata.put("audience", audience);
    metadata.putAll(more);
    return TestClients.registered(administrator, metadata);
  }

  private Client.Reply exchange(TestClients app, String subject, Map<String, String> more) {
    Map<String, String> form = form(subject);
    form.put("grant_type", EXCHANGE);
    form.putAll(more);
    return app.post(client(), "/oauth2/token", form);
  }

  private static Map<String, String> form(String subject) {
    Map<String, String> form = new HashMap<>();
    form.put("subject_token", subject);
    form.put("subject_token_type", ACCESS_TOKEN);
    return form;
  }

  private JsonNode introspect(TestClients asking, String token) {
    return asking.post(client(), "/oauth2/introspect", Map.of("token", token)).json();
  }

  private static String token(TestUsers.Person person) {
    return person.client().token().orElseThrow();
  }

  private static String given(Client.Reply reply) {
    assertEquals(200, reply.status(), reply::toString);
    assertEquals(Optional.of("no-store"), reply.header("Cache-Control"));
    return reply.json().path("access_token").asText();
  }

  private static void assertError(String error, Client.Reply reply) {
    assertEquals(400, reply.status(), reply::toString);
    assertEquals(error, reply.json().path("error").asText(), reply::toString);
  }
}

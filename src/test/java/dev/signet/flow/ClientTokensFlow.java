package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.jose.TestProofs;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What clients can find out about the tokens that users have granted them, and how they give them
 * back. The codes are put into the database, so that no page is needed.
 */
interface ClientTokensFlow extends Flow {
  String BACK = "https://app.example.org/back";
  String VERIFIER = "a".repeat(43);

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void clientIsToldAboutItsRefreshTokenUntilItIsRetired() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app("client_secret_basic");
    TestUsers.Tokens tokens = TestUsers.Tokens.of(redeem(app, code(app, ada)));

    JsonNode told = introspect(app, tokens.refresh());
    assertTrue(told.path("active").asBoolean(), told::toString);
    assertEquals(app.id(), told.path("client_id").asText());
    assertEquals(ada.username(), told.path("username").asText());
    assertEquals("api offline_access", told.path("scope").asText());
    assertFalse(told.has("token_type"));
    assertTrue(told.path("exp").asLong() > Clock.systemUTC().instant().getEpochSecond());
    TestClients resourceServer =
        TestClients.registered(
            TestUsers.administrator(client()), Map.of("groups", List.of("resource-server")));
    assertInactive(introspect(resourceServer, tokens.refresh()));

    TestUsers.Tokens next = TestUsers.Tokens.of(refresh(app, tokens.refresh()));

    assertInactive(introspect(app, tokens.refresh()));
    assertTrue(introspect(app, next.refresh()).path("active").asBoolean());
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void replayedRefreshTokenRevokesItsFamily() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app("client_secret_basic");
    TestUsers.Tokens first = TestUsers.Tokens.of(redeem(app, code(app, ada)));
    TestUsers.Tokens next = TestUsers.Tokens.of(refresh(app, first.refresh()));

    Client elsewhere = client().from(TestUsers.freshAddress());
    assertInvalidGrant(app.post(elsewhere, "/oauth2/token", refreshForm(first.refresh())));

    assertInvalidGrant(refresh(app, next.refresh()));
    assertInactive(introspect(app, next.refresh()));
    for (TestUsers.Tokens tokens : List.of(first, next)) {
      assertInactive(introspect(app, tokens.access()));
      assertEquals(401, client().withToken(tokens.access()).get("/api/me").status());
    }
    assertEquals(200, ada.client().get("/api/me").status());
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void replayedCodeRevokesWhatItHasGiven() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app("client_secret_basic");
    String code = code(app, ada);
    TestUsers.Tokens tokens = TestUsers.Tokens.of(redeem(app, code));

    assertInvalidGrant(redeem(app, code));

    assertInactive(introspect(app, tokens.access()));
    assertInactive(introspect(app, tokens.refresh()));
    assertInvalidGrant(refresh(app, tokens.refresh()));
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void codeThatIsTooOldGivesNothing() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app("client_secret_basic");
    String code = code(app, ada);
    TestDatabase.execute(
        "update authorization_codes set expires_at = now() where client_id = '" + app.id() + "'");

    assertInvalidGrant(redeem(app, code));
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void revokedRefreshTokenEndsAllThatWasGranted() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app("client_secret_basic");
    TestUsers.Tokens tokens = TestUsers.Tokens.of(redeem(app, code(app, ada)));

    assertEquals(200, revoke(app("client_secret_basic"), tokens.refresh()).status());
    assertEquals(200, client().withToken(tokens.access()).get("/api/me").status());
    assertEquals(200, revoke(app, tokens.refresh()).status());

    assertEquals(401, client().withToken(tokens.access()).get("/api/me").status());
    assertInactive(introspect(app, tokens.refresh()));
    assertEquals(400, refresh(app, tokens.refresh()).status());
    assertEquals(200, revoke(app, tokens.refresh()).status(), "again");
    assertEquals(200, ada.client().get("/api/me").status());
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void smallerScopeOfTheClientCountsFromTheNextTokenOn() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app("client_secret_basic");
    TestUsers.Tokens tokens = TestUsers.Tokens.of(redeem(app, code(app, ada)));

    app.change(TestUsers.administrator(client()), Map.of("scope", "offline_access"));

    assertEquals(
        "offline_access", introspect(app, tokens.refresh()).path("scope").asText(), "what is next");
    Client.Reply next = refresh(app, tokens.refresh());
    assertEquals("offline_access", next.json().path("scope").asText(), next::toString);
    assertEquals(
        403, client().withToken(next.json().path("access_token").asText()).get("/api/me").status());
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void revokedAccessTokenEndsAlone() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app("client_secret_basic");
    TestUsers.Tokens tokens = TestUsers.Tokens.of(redeem(app, code(app, ada)));

    assertEquals(200, revoke(app, tokens.access()).status());

    assertEquals(401, client().withToken(tokens.access()).get("/api/me").status());
    TestUsers.Tokens next = TestUsers.Tokens.of(refresh(app, tokens.refresh()));
    assertEquals(200, client().withToken(next.access()).get("/api/me").status());
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void publicClientGivesItsTokensBackAndIsToldNothing() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app("none");
    TestUsers.Tokens tokens = TestUsers.Tokens.of(send(app, codeForm(code(app, ada))));

    Map<String, String> token = new HashMap<>(Map.of("token", tokens.refresh()));
    token.put("client_id", app.id());
    Client.Reply refused = post("/oauth2/introspect", token);
    assertEquals(401, refused.status(), refused::toString);
    assertEquals("invalid_client", refused.json().path("error").asText());
    assertEquals(200, post("/oauth2/revoke", token).status());

    assertEquals(401, client().withToken(tokens.access()).get("/api/me").status());
  }

  /** RFC 9449, section 5. */
  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void refreshTokenOfAPublicClientIsBoundToItsKey() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app("none");
    TestProofs key = TestProofs.fresh();
    Client.Reply first = sendWithProof(app, codeForm(code(app, ada)), key);
    assertEquals("DPoP", first.json().path("token_type").asText(), first::toString);
    String refresh = TestUsers.Tokens.of(first).refresh();
    Map<String, String> form = refreshForm(refresh);

    assertEquals(400, send(app, form).status(), "without a proof");
    Client.Reply other = sendWithProof(app, form, TestProofs.fresh());
    assertEquals("invalid_grant", other.json().path("error").asText(), other::toString);

    Client.Reply next = sendWithProof(app, form, key);
    assertEquals(200, next.status(), next::toString);
    assertEquals(
        key.thumbprint(),
        Forgery.part(next.json().path("access_token").asText(), 1)
            .path("cnf")
            .path("jkt")
            .asText());
  }

  /** A client with a secret may have another key each time. */
  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void refreshTokenOfAClientWithASecretIsNotBound() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app("client_secret_basic");
    TestUsers.Tokens tokens = TestUsers.Tokens.of(redeem(app, code(app, ada)));

    Client.Reply bound =
        app.token(client(), refreshForm(tokens.refresh()), proof(TestProofs.fresh()));

    assertEquals("DPoP", bound.json().path("token_type").asText(), bound::toString);
    assertEquals(200, refresh(app, TestUsers.Tokens.of(bound).refresh()).status());
  }

  private TestClients app(String authentication) {
    return TestClients.registered(
        TestUsers.administrator(client()),
        Map.of(
            "grant_types",
            List.of("authorization_code", "refresh_token"),
            "redirect_uris",
            List.of(BACK),
            "scope",
            "api offline_access",
            "token_endpoint_auth_method",
            authentication));
  }

  /** A code as the authorization endpoint makes it. */
  private String code(TestClients app, TestUsers.Person person) throws IOException, SQLException {
    OpaqueToken code = OpaqueToken.random();
    String session = Forgery.part(person.client().token().orElseThrow(), 1).path("sid").asText();
    TestDatabase.execute(
        """
        insert into authorization_codes (hash, client_id, user_id, browser_id, granted,
            redirect_uri, code_challenge, expires_at)
        values ('%s', '%s', '%s', '%s', '%s', '%s', '%s', now() + interval '60 s')
        """
            .formatted(
                code.hash(),
                app.id(),
                person.id(),
                session,
                "{\"scope\":\"api offline_access\",\"audience\":[\"%s\"],\"authenticatedAt\":\"%s\",\"amr\":[\"pwd\"]}"
                    .formatted(System.getProperty(ServerSession.URL), Clock.systemUTC().instant()),
                BACK,
                new OpaqueToken(VERIFIER).hash()));
    return code.value();
  }

  private Client.Reply redeem(TestClients app, String code) {
    return app.post(client(), "/oauth2/token", codeForm(code));
  }

  private Client.Reply refresh(TestClients app, String token) {
    return app.post(client(), "/oauth2/token", refreshForm(token));
  }

  private static Map<String, String> codeForm(String code) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", BACK);
    form.put("code_verifier", VERIFIER);
    return form;
  }

  private static Map<String, String> refreshForm(String token) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", token);
    return form;
  }

  /** As a public client does. */
  private Client.Reply send(TestClients app, Map<String, String> form) {
    form.put("client_id", app.id());
    return post("/oauth2/token", form);
  }

  private Client.Reply sendWithProof(TestClients app, Map<String, String> form, TestProofs key) {
    form.put("client_id", app.id());
    return client()
        .send(
            TestClients.form(client(), "/oauth2/token", TestClients.encoded(form))
                .header("DPoP", proof(key)));
  }

  private static String proof(TestProofs key) {
    return key.proof(
        "POST",
        System.getProperty(ServerSession.URL) + "/oauth2/token",
        Clock.systemUTC().instant());
  }

  private Client.Reply post(String path, Map<String, String> form) {
    return client().send(TestClients.form(client(), path, TestClients.encoded(form)));
  }

  private JsonNode introspect(TestClients asking, String token) {
    return asking.post(client(), "/oauth2/introspect", Map.of("token", token)).json();
  }

  private Client.Reply revoke(TestClients asking, String token) {
    return asking.post(client(), "/oauth2/revoke", Map.of("token", token));
  }

  private static void assertInvalidGrant(Client.Reply reply) {
    assertEquals(400, reply.status(), reply::toString);
    assertEquals("invalid_grant", reply.json().path("error").asText(), reply::toString);
  }

  private static void assertInactive(JsonNode told) {
    assertEquals("{\"active\":false}", told.toString());
  }
}

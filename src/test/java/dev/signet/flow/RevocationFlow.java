package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static dev.signet.flow.Problems.assertTokenRefused;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.refresh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.flow.TestUsers.Person;
import dev.signet.flow.TestUsers.Tokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tokens are taken back before they expire. */
interface RevocationFlow extends Flow {
  @Test
  default void disabledUsersTokensDieAtOnce() {
    Person ada = TestUsers.loggedIn(client());
    Tokens tokens = TestUsers.tokens(client(), ada);
    Client admin = TestUsers.administrator(client());
    admin.patch("/api/users/" + ada.id(), Map.of("enabled", false));

    assertTokenRefused(client().withToken(tokens.access()).get("/api/protected"));
    assertTokenRefused(ada.client().get("/api/me"));
    assertProblem(401, "invalid-refresh-token", refresh(client(), tokens.refresh()));

    admin.patch("/api/users/" + ada.id(), Map.of("enabled", true));
    Tokens again = TestUsers.tokens(client(), ada);
    assertEquals(200, client().withToken(again.access()).get("/api/protected").status());
    assertProblem(401, "invalid-refresh-token", refresh(client(), tokens.refresh()));
    assertTokenRefused(client().withToken(tokens.access()).get("/api/protected"));
  }

  /** They could make themselves one again. */
  @Test
  default void formerAdministratorIsNoneAtOnce() {
    Person ada = TestUsers.loggedIn(client());
    Client admin = TestUsers.administrator(client());
    String path = "/api/users/" + ada.id();
    admin.patch(path, Map.of("groups", List.of("user", "admin")));
    Tokens tokens = TestUsers.tokens(client(), ada);
    Client former = client().withToken(tokens.access());
    assertEquals(200, former.get("/api/users").status());

    admin.patch(path, Map.of("groups", List.of("user")));

    assertTokenRefused(former.get("/api/users"));
    assertTokenRefused(former.patch(path, Map.of("groups", List.of("user", "admin"))));
    assertProblem(401, "invalid-refresh-token", refresh(client(), tokens.refresh()));
    Client again = client().withToken(TestUsers.tokens(client(), ada).access());
    assertProblem(403, "forbidden", again.get("/api/users"));
  }

  @Test
  default void deletedUsersTokensDieAtOnce() {
    Person ada = TestUsers.loggedIn(client());
    Person bob = TestUsers.loggedIn(client());
    Tokens adas = TestUsers.tokens(client(), ada);
    Tokens bobs = TestUsers.tokens(client(), bob);

    assertEquals(204, ada.client().delete("/api/me").status());
    TestUsers.administrator(client()).delete("/api/users/" + bob.id());

    for (Tokens tokens : List.of(adas, bobs)) {
      assertTokenRefused(client().withToken(tokens.access()).get("/api/protected"));
      assertProblem(401, "invalid-refresh-token", refresh(client(), tokens.refresh()));
    }
  }

  /** Whichever second it is. */
  @Test
  default void revokedUserCanLogInAgainAtOnce() {
    Person ada = TestUsers.loggedIn(client());
    Tokens before = TestUsers.tokens(client(), ada);

    assertEquals(
        204,
        TestUsers.administrator(client())
            .post("/api/admin/users/" + ada.id() + "/revoke", Map.of())
            .status());
    Tokens after = TestUsers.tokens(client(), ada);

    assertTokenRefused(ada.client().get("/api/protected"));
    assertTokenRefused(client().withToken(before.access()).get("/api/protected"));
    assertProblem(401, "invalid-refresh-token", refresh(client(), before.refresh()));
    assertEquals(200, client().withToken(after.access()).get("/api/protected").status());
    assertEquals(200, refresh(client(), after.refresh()).status());
  }

  @Test
  default void tokenWithoutASessionIsRevokedWithItsUser() {
    Person ada = TestUsers.loggedIn(client());
    Forgery forgery = Forgery.of(client());
    Client client = forgery.client(forgery.token(forgery.claims("sub", ada.id())));
    assertEquals(200, client.get("/api/protected").status());

    TestUsers.administrator(client()).post("/api/admin/users/" + ada.id() + "/revoke", Map.of());

    assertTokenRefused(client.get("/api/protected"));
  }

  @Test
  default void singleTokenIsRevokedByItsIdentifierOrByItself() throws Exception {
    Person ada = TestUsers.loggedIn(client());
    Client admin = TestUsers.administrator(client());
    for (String way : List.of("jti", "token")) {
      Tokens tokens = TestUsers.tokens(client(), ada);
      String value =
          way.equals("token")
              ? tokens.access()
              : Forgery.part(tokens.access(), 1).path("jti").asText();
      assertEquals(200, client().withToken(tokens.access()).get("/api/protected").status());

      assertEquals(204, admin.post("/api/admin/tokens/revoke", Map.of(way, value)).status());

      assertTokenRefused(client().withToken(tokens.access()).get("/api/protected"));
      Tokens next = Tokens.of(refresh(client(), tokens.refresh()));
      assertEquals(200, client().withToken(next.access()).get("/api/protected").status());
    }
  }

  @Test
  default void sessionIsRevokedByItsIdentifier() throws Exception {
    Person ada = TestUsers.loggedIn(client());
    Client admin = TestUsers.administrator(client());
    Tokens tokens = TestUsers.tokens(client(), ada);
    Map<String, String> request =
        Map.of("sid", Forgery.part(tokens.access(), 1).path("sid").asText());

    assertEquals(204, admin.post("/api/admin/tokens/revoke", request).status());

    assertTokenRefused(client().withToken(tokens.access()).get("/api/protected"));
    assertProblem(401, "invalid-refresh-token", refresh(client(), tokens.refresh()));
    assertEquals(200, ada.client().get("/api/protected").status());
    assertProblem(404, "not-found", admin.post("/api/admin/tokens/revoke", request));
  }

  @Test
  default void wrongRevocationsAreRefused() {
    Client admin = TestUsers.administrator(client());
    String id = UUID.randomUUID().toString();

    assertProblem(400, "invalid-input", admin.post("/api/admin/tokens/revoke", Map.of()), "token");
    assertProblem(
        400,
        "invalid-input",
        admin.post("/api/admin/tokens/revoke", Map.of("jti", id, "sid", id)),
        "token");
    assertProblem(
        400, "invalid-input", admin.post("/api/admin/tokens/revoke", Map.of("jti", "x\0")), "jti");
    assertProblem(
        400,
        "invalid-input",
        admin.post("/api/admin/tokens/revoke", Map.of("token", "no token")),
        "token");
    assertProblem(404, "not-found", admin.post("/api/admin/users/" + id + "/revoke", Map.of()));
    assertProblem(404, "not-found", admin.post("/api/admin/users/unknown/revoke", Map.of()));
  }

  @Test
  default void onlyAdministratorsRevoke() {
    Person ada = TestUsers.loggedIn(client());
    Person bob = TestUsers.loggedIn(client());
    String path = "/api/admin/users/" + bob.id() + "/revoke";

    assertTokenMissing(client().post(path, Map.of()));
    assertTokenMissing(client().post("/api/admin/tokens/revoke", Map.of()));
    assertProblem(403, "forbidden", ada.client().post(path, Map.of()));
    assertProblem(403, "forbidden", ada.client().post("/api/admin/tokens/revoke", Map.of()));
    assertEquals(200, bob.client().get("/api/protected").status());
  }

  @Test
  default void inspectionExplainsWhyATokenIsRefused() {
    Client admin = TestUsers.administrator(client());
    Person ada = TestUsers.loggedIn(client());
    Tokens tokens = TestUsers.tokens(client(), ada);
    Forgery forgery = Forgery.of(client());

    Client.Reply valid = inspect(admin, tokens.access());
    assertEquals(200, valid.status(), valid::toString);
    assertTrue(valid.json().path("valid").asBoolean());
    assertTrue(valid.json().path("reason").isNull());
    assertEquals(ada.id(), valid.json().path("claims").path("sub").asText());
    assertEquals("RS256", valid.json().path("header").path("alg").asText());

    client().post("/api/logout", Map.of("refresh_token", tokens.refresh()));
    for (Map.Entry<String, String> refused :
        Map.of(
                "revoked", tokens.access(),
                "malformed", "no token",
                "expired", forgery.token(forgery.claims("exp", forgery.now() - 60)),
                "issuer", forgery.token(forgery.claims("iss", "https://other.example")),
                "claims", forgery.token(forgery.claims("groups", "admin")),
                "header", Forgery.withKey(Forgery.otherKey()).token(forgery.claims()))
            .entrySet()) {
      Client.Reply reply = inspect(admin, refused.getValue());
      assertEquals(200, reply.status(), reply::toString);
      assertFalse(reply.json().path("valid").asBoolean());
      assertEquals(refused.getKey(), reply.json().path("reason").asText());
      assertTrue(reply.json().path("explanation").asText().endsWith("."));
    }
  }

  @Test
  default void onlyAdministratorsInspect() {
    assertTokenMissing(inspect(client(), "token"));
    assertProblem(403, "forbidden", inspect(TestUsers.loggedIn(client()).client(), "token"));
    assertProblem(
        400,
        "invalid-input",
        TestUsers.administrator(client()).post("/api/admin/tokens/inspect", Map.of()),
        "token");
  }

  @Test
  default void resourceServerLearnsFromTheFeedWhatWasRevoked() throws Exception {
    Person service = TestUsers.loggedIn(client());
    Client admin = TestUsers.administrator(client());
    admin.patch("/api/users/" + service.id(), Map.of("groups", List.of("resource-server")));
    ResourceServer server =
        new ResourceServer(
            client().withToken(TestUsers.token(client(), service.username(), PASSWORD)),
            client().baseUrl());
    Person ada = TestUsers.loggedIn(client());
    Tokens bySession = TestUsers.tokens(client(), ada);
    Tokens byToken = TestUsers.tokens(client(), ada);
    server.poll();
    assertFalse(server.isRevoked(bySession.access()));
    assertFalse(server.isRevoked(byToken.access()));

    client().post("/api/logout", Map.of("refresh_token", bySession.refresh()));
    admin.post("/api/admin/tokens/revoke", Map.of("token", byToken.access()));
    server.poll();

    assertTrue(server.isRevoked(bySession.access()));
    assertTrue(server.isRevoked(byToken.access()));

    Tokens byUser = TestUsers.tokens(client(), ada);
    Forgery forgery = Forgery.of(client());
    String withoutSession = forgery.token(forgery.claims("sub", ada.id()));
    admin.post("/api/admin/users/" + ada.id() + "/revoke", Map.of());
    Tokens after = TestUsers.tokens(client(), ada);
    server.poll();

    assertTrue(server.isRevoked(byUser.access()));
    assertTrue(server.isRevoked(withoutSession));
    assertFalse(server.isRevoked(after.access()));
  }

  @Test
  default void feedIsForResourceServersOnly() {
    assertTokenMissing(feed(client(), ""));
    assertProblem(403, "forbidden", feed(TestUsers.loggedIn(client()).client(), ""));
    assertEquals(200, feed(TestUsers.administrator(client()), "").status());
  }

  @Test
  default void feedIsNoAccessToken() {
    String document = feed(TestUsers.administrator(client()), "").body();

    assertTokenRefused(client().withToken(document).get("/api/protected"));
  }

  @Test
  default void wrongCursorOfTheFeedIsNamed() {
    Client admin = TestUsers.administrator(client());
    for (String wrong : List.of("x", "!!", "", "MSAy", "LTEgMA", "OTk5OTk5OTk5OTk5OTk5OTk5IDA")) {
      Client.Reply reply = feed(admin, "?since=" + wrong);
      if (reply.status() != 200) { // "1 2" is a cursor
        assertProblem(400, "invalid-input", reply, "since");
      } else {
        assertEquals("MSAy", wrong);
      }
    }
  }

  private static Client.Reply inspect(Client client, String token) {
    return client.post("/api/admin/tokens/inspect", Map.of("token", token));
  }

  private static Client.Reply feed(Client client, String query) {
    return client.send(
        client.request("/api/revocations" + query).setHeader("Accept", "application/jwt"));
  }
}

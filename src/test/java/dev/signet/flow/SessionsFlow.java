package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static dev.signet.flow.Problems.assertTokenRefused;
import static dev.signet.flow.TestUsers.OTHER_PASSWORD;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.refresh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.flow.TestUsers.Person;
import dev.signet.flow.TestUsers.Tokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user is logged in on several devices, and logs out. */
interface SessionsFlow extends Flow {
  @Test
  default void eachLoginIsASessionWithItsDevice() {
    Person ada = TestUsers.loggedIn(client());
    Tokens phone =
        Tokens.of(
            client()
                .send(
                    json("/api/login")
                        .header("User-Agent", "Phone/1.0")
                        .POST(
                            BodyPublishers.ofString(
                                "{\"username\":\"%s\",\"password\":\"%s\",\"label\":\"Ada's \u260e\"}"
                                    .formatted(ada.username(), PASSWORD)))));
    List<JsonNode> seen = sessions(client().withToken(phone.access()));
    JsonNode newest = seen.get(0);
    Set<String> members = new TreeSet<>();
    newest.fieldNames().forEachRemaining(members::add);

    assertEquals(2, seen.size());
    assertEquals(
        Set.of(
            "id",
            "created_at",
            "last_used_at",
            "expires_at",
            "source",
            "user_agent",
            "label",
            "current"),
        members);
    assertEquals("Ada's \u260e", newest.path("label").asText());
    assertEquals("Phone/1.0", newest.path("user_agent").asText());
    assertTrue(newest.path("source").asText().matches("127\\.0\\.0\\.1|0:0:0:0:0:0:0:1|::1"));
    assertEquals(
        Duration.ofDays(14),
        Duration.between(time(newest, "last_used_at"), time(newest, "expires_at")));
    assertTrue(newest.path("current").asBoolean());
    assertFalse(seen.get(1).path("current").asBoolean());
    assertTrue(seen.get(1).path("label").isNull());
    assertFalse(newest.toString().contains(phone.refresh()));
  }

  @Test
  default void sessionsComeInPages() {
    Person ada = TestUsers.loggedIn(client());
    TestUsers.tokens(client(), ada);
    TestUsers.tokens(client(), ada);
    List<JsonNode> paged = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = ada.client().get("/api/me/sessions?limit=1" + after).json();
      page.path("items").forEach(paged::add);
      after = page.path("next").isNull() ? null : "&after=" + page.path("next").asText();
    } while (after != null);

    assertEquals(sessions(ada.client()), paged);
    assertEquals(3, paged.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "after=x", "after=!!", "after="})
  default void wrongPageIsRefused(String query) {
    assertProblem(
        400,
        "invalid-input",
        TestUsers.loggedIn(client()).client().get("/api/me/sessions?" + query),
        query.substring(0, query.indexOf('=')));
  }

  @Test
  default void endedSessionLosesBothItsTokensAtOnce() {
    Person ada = TestUsers.loggedIn(client());
    Tokens lost = TestUsers.tokens(client(), ada);
    String id = sessions(ada.client()).get(0).path("id").asText();

    assertEquals(204, ada.client().delete("/api/me/sessions/" + id).status());

    assertTokenRefused(client().withToken(lost.access()).get("/api/protected"));
    assertProblem(401, "invalid-refresh-token", refresh(client(), lost.refresh()));
    assertEquals(1, sessions(ada.client()).size());
    assertProblem(404, "not-found", ada.client().delete("/api/me/sessions/" + id));
  }

  @Test
  default void allOtherSessionsEndTogether() {
    Person ada = TestUsers.loggedIn(client());
    List<Tokens> others = List.of(TestUsers.tokens(client(), ada), TestUsers.tokens(client(), ada));

    assertEquals(204, ada.client().delete("/api/me/sessions").status());

    for (Tokens other : others) {
      assertTokenRefused(client().withToken(other.access()).get("/api/protected"));
      assertProblem(401, "invalid-refresh-token", refresh(client(), other.refresh()));
    }
    assertEquals(1, sessions(ada.client()).size());
  }

  @Test
  default void sessionsOfOthersAreNotThere() {
    Person ada = TestUsers.loggedIn(client());
    Person bob = TestUsers.loggedIn(client());
    String id = sessions(ada.client()).get(0).path("id").asText();

    assertProblem(404, "not-found", bob.client().delete("/api/me/sessions/" + id));
    assertProblem(404, "not-found", bob.client().delete("/api/me/sessions/unknown"));
    assertEquals(200, ada.client().get("/api/protected").status());
    assertTokenMissing(client().get("/api/me/sessions"));
    assertTokenMissing(client().delete("/api/me/sessions"));
    assertTokenMissing(client().delete("/api/me/sessions/" + id));
  }

  @Test
  default void passwordChangeEndsAllSessionsButItsOwn() {
    Person ada = TestUsers.loggedIn(client());
    Tokens own = TestUsers.tokens(client(), ada);
    Tokens other = TestUsers.tokens(client(), ada);
    Client client = client().withToken(own.access());

    assertEquals(
        204,
        client
            .post(
                "/api/me/password",
                Map.of("old_password", PASSWORD, "new_password", OTHER_PASSWORD))
            .status());

    assertTokenRefused(client().withToken(other.access()).get("/api/protected"));
    assertProblem(401, "invalid-refresh-token", refresh(client(), other.refresh()));
    assertTokenRefused(ada.client().get("/api/protected"));
    assertEquals(200, client.get("/api/protected").status());
    assertEquals(200, refresh(client(), own.refresh()).status());
    assertEquals(1, sessions(client).size());
  }

  @Test
  default void logoutEndsTheSessionAndItsAccessToken() {
    Person ada = TestUsers.loggedIn(client());
    Tokens tokens = TestUsers.tokens(client(), ada);
    Client client = client().withToken(tokens.access());

    assertEquals(
        204, client.send(client.request("/api/logout").POST(BodyPublishers.noBody())).status());

    assertTokenRefused(client.get("/api/protected"));
    assertProblem(401, "invalid-refresh-token", refresh(client(), tokens.refresh()));
    assertEquals(200, ada.client().get("/api/protected").status());
  }

  @Test
  default void refreshTokenIsEnoughToLogOut() {
    Tokens tokens = TestUsers.tokens(client(), TestUsers.loggedIn(client()));

    assertEquals(
        204, client().post("/api/logout", Map.of("refresh_token", tokens.refresh())).status());

    assertTokenRefused(client().withToken(tokens.access()).get("/api/protected"));
    assertProblem(401, "invalid-refresh-token", refresh(client(), tokens.refresh()));
  }

  @Test
  default void logoutOfNothingIsNoError() {
    assertEquals(
        204, client().send(client().request("/api/logout").POST(BodyPublishers.noBody())).status());
    assertEquals(204, client().post("/api/logout", Map.of()).status());
    assertEquals(204, client().post("/api/logout", Map.of("refresh_token", "unknown")).status());
  }

  @Test
  default void logoutReadsNothingButJson() {
    assertProblem(
        415,
        "unsupported-media-type",
        client()
            .send(
                client()
                    .request("/api/logout")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("refresh_token=x"))));
    assertProblem(400, "malformed-json", postText("/api/logout", "{"));
    assertProblem(
        400,
        "invalid-input",
        client().post("/api/logout", Map.of("refresh_token", 7)),
        "refresh_token");
  }

  /** A token without a session can only be revoked by itself. */
  @Test
  default void logoutRevokesATokenWithoutASession() {
    Forgery forgery = Forgery.of(client());
    Client client = forgery.client(forgery.token());
    assertEquals(200, client.get("/api/protected").status());

    assertEquals(204, client.post("/api/logout", Map.of()).status());

    assertTokenRefused(client.get("/api/protected"));
  }

  private static List<JsonNode> sessions(Client client) {
    Client.Reply reply = client.get("/api/me/sessions?limit=100");
    assertEquals(200, reply.status(), reply::toString);
    List<JsonNode> sessions = new ArrayList<>();
    reply.json().path("items").forEach(sessions::add);
    return sessions;
  }

  private static Instant time(JsonNode session, String member) {
    return Instant.parse(session.path(member).asText());
  }
}

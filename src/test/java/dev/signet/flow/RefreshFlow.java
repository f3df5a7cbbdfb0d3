package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenRefused;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.refresh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.flow.TestUsers.Person;
import dev.signet.flow.TestUsers.Tokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * Users stay logged in. The server with H2 is strict ({@code signet.refresh.grace=PT0S}), the one
 * with PostgreSQL has the default grace of ten seconds.
 */
interface RefreshFlow extends Flow {
  private static boolean isStrict() {
    return System.getProperty(ServerSession.RUN).endsWith("-h2");
  }

  @Test
  default void loginAnswersWithARefreshTokenToo() {
    Person ada = TestUsers.loggedIn(client());
    Client.Reply reply = TestUsers.login(client(), ada.username(), PASSWORD);

    assertEquals(43, reply.json().path("refresh_token").asText().length(), reply::toString);
    assertEquals(14 * 24 * 60 * 60, reply.json().path("refresh_expires_in").asInt());
    assertTrue(reply.json().path("password_change_required").isMissingNode());
  }

  @Test
  default void refreshGivesANewPairOfTheSameSession() throws Exception {
    Tokens first = TestUsers.tokens(client(), TestUsers.loggedIn(client()));
    Client.Reply reply = refresh(client(), first.refresh());
    Tokens second = Tokens.of(reply);
    JsonNode before = Forgery.part(first.access(), 1);
    JsonNode after = Forgery.part(second.access(), 1);

    assertEquals(Optional.of("no-store"), reply.header("Cache-Control"));
    assertEquals("Bearer", reply.json().path("token_type").asText());
    assertEquals(900, reply.json().path("expires_in").asInt());
    assertNotEquals(first.refresh(), second.refresh());
    assertNotEquals(before.path("jti"), after.path("jti"));
    for (String claim : List.of("sid", "sub", "upn", "groups", "auth_time")) {
      assertEquals(before.path(claim), after.path(claim), claim);
    }
    assertEquals(200, client().withToken(second.access()).get("/api/protected").status());
    assertEquals(200, client().withToken(first.access()).get("/api/protected").status());
    assertEquals(200, refresh(client(), second.refresh()).status());
  }

  @Test
  default void reuseOfARetiredTokenEndsTheSessionAtOnce() {
    Person ada = TestUsers.loggedIn(client());
    Tokens first = TestUsers.tokens(client(), ada);
    Tokens latest = Tokens.of(refresh(client(), first.refresh()));

    Client elsewhere = client().from(TestUsers.freshAddress());
    assertProblem(401, "invalid-refresh-token", refresh(elsewhere, first.refresh()));

    assertProblem(401, "invalid-refresh-token", refresh(client(), latest.refresh()));
    assertTokenRefused(client().withToken(latest.access()).get("/api/protected"));
    assertTokenRefused(client().withToken(first.access()).get("/api/me"));
    assertEquals(200, ada.client().get("/api/me").status(), "another session goes on");
  }

  @Test
  default void twentySimultaneousRefreshesOfOneBrowserAllSucceedInTheGraceOrOneWins()
      throws Exception {
    Tokens tokens = TestUsers.tokens(client(), TestUsers.loggedIn(client()));
    Callable<Client.Reply> attempt = () -> refresh(client(), tokens.refresh());
    List<Client.Reply> replies = atOnce(Collections.nCopies(20, attempt));
    List<Client.Reply> good = replies.stream().filter(reply -> reply.status() == 200).toList();

    assertEquals(isStrict() ? 1 : 20, good.size(), replies::toString);
    for (Client.Reply reply : replies) {
      if (reply.status() != 200) {
        assertProblem(401, "invalid-refresh-token", reply);
      } else {
        assertEquals(
            Forgery.part(tokens.access(), 1).path("sid"),
            Forgery.part(Tokens.of(reply).access(), 1).path("sid"));
      }
    }
    // Where one wins, the others were replays.
    assertEquals(
        isStrict() ? 401 : 200, refresh(client(), Tokens.of(good.get(0)).refresh()).status());
  }

  /** The grace is for one browser: a thief has another address or another program. */
  @Test
  default void retiredTokenFromAnotherUserAgentEndsTheSession() {
    Tokens first = TestUsers.tokens(client(), TestUsers.loggedIn(client()));
    Tokens next = Tokens.of(refresh(client(), first.refresh()));

    Client.Reply other =
        client()
            .send(
                json("/api/refresh")
                    .header("User-Agent", "Other/1.0")
                    .POST(
                        BodyPublishers.ofString(
                            "{\"refresh_token\":\"%s\"}".formatted(first.refresh()))));

    assertProblem(401, "invalid-refresh-token", other);
    assertProblem(401, "invalid-refresh-token", refresh(client(), next.refresh()));
  }

  @Test
  default void whatIsNoRefreshTokenIsRefused() {
    Tokens tokens = TestUsers.tokens(client(), TestUsers.loggedIn(client()));
    String token = tokens.refresh();
    for (String wrong :
        List.of(
            tokens.access(),
            token + "A",
            token + "=",
            token.substring(1),
            " " + token,
            token.toUpperCase(Locale.ROOT),
            "A".repeat(43),
            "' or '1'='1",
            "\0",
            "x")) {
      if (wrong.length() <= 512) {
        assertProblem(401, "invalid-refresh-token", refresh(client(), wrong));
      } else {
        assertProblem(400, "invalid-input", refresh(client(), wrong), "refresh_token");
      }
    }
    assertEquals(200, refresh(client(), token).status());
  }

  @Test
  default void refreshTokenIsNoAccessToken() {
    Tokens tokens = TestUsers.tokens(client(), TestUsers.loggedIn(client()));

    assertTokenRefused(client().withToken(tokens.refresh()).get("/api/protected"));
  }

  @Test
  default void furtherMembersOfTheBodyHaveNoEffect() throws Exception {
    Person ada = TestUsers.loggedIn(client());
    Map<String, Object> wishes =
        Map.of(
            "groups",
            List.of("admin"),
            "sub",
            "somebody",
            "sid",
            "session",
            "scope",
            "everything",
            "user",
            Map.of("id", "1"),
            "expires_in",
            1_000_000);
    Map<String, Object> login = new java.util.HashMap<>(wishes);
    login.put("username", ada.username());
    login.put("password", PASSWORD);
    Tokens first = Tokens.of(client().post("/api/login", login));
    Map<String, Object> refresh = new java.util.HashMap<>(wishes);
    refresh.put("refresh_token", first.refresh());
    Tokens second = Tokens.of(client().post("/api/refresh", refresh));

    for (Tokens tokens : List.of(first, second)) {
      JsonNode claims = Forgery.part(tokens.access(), 1);
      assertEquals("[\"user\"]", claims.path("groups").toString());
      assertEquals(ada.id(), claims.path("sub").asText());
      assertEquals("api", claims.path("scope").asText());
      assertEquals(900, claims.path("exp").asLong() - claims.path("iat").asLong());
      assertFalse(claims.path("sid").asText().equals("session"));
    }
  }

  @Test
  default void refreshedTokenHasTheGroupsOfNow() throws Exception {
    Person ada = TestUsers.loggedIn(client());
    Tokens tokens = TestUsers.tokens(client(), ada);
    TestUsers.administrator(client())
        .patch("/api/users/" + ada.id(), Map.of("groups", List.of("user", "sales")));

    Tokens next = Tokens.of(refresh(client(), tokens.refresh()));
    assertEquals("[\"sales\",\"user\"]", Forgery.part(next.access(), 1).path("groups").toString());
  }

  @Test
  default void formsAreNoRefreshRequests() {
    Client.Reply reply =
        client()
            .send(
                client()
                    .request("/api/refresh")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("refresh_token=x")));

    assertProblem(415, "unsupported-media-type", reply);
  }

  @Test
  default void labelsThatADatabaseRefusesAreRefused() {
    Person ada = TestUsers.loggedIn(client());
    for (String label : List.of("\\u0000", "a\\u0007b", "\\ud800", "x".repeat(65))) {
      assertProblem(
          400,
          "invalid-input",
          postText(
              "/api/login",
              "{\"username\":\"%s\",\"password\":\"%s\",\"label\":\"%s\"}"
                  .formatted(ada.username(), PASSWORD, label)),
          "label");
    }
  }
}

package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static dev.signet.flow.Problems.assertTokenRefused;
import static dev.signet.flow.TestUsers.OTHER_PASSWORD;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.Visitor.code;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What asks for a recent login, and what asks for none. */
interface FreshFlow extends Flow {
  @Test
  default void staleLoginIsChallengedWhereAFreshOneIsNeeded() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    Map<String, Object> claims = Forgery.of(client()).claims("sub", ada.id());
    claims.put("auth_time", Forgery.of(client()).now() - 901);
    Client stale = client().withToken(Forgery.of(client()).token(claims));

    assertEquals(200, stale.get("/api/me").status());
    for (Client.Reply reply :
        List.of(
            stale.post(
                "/api/me/password",
                Map.of("old_password", PASSWORD, "new_password", OTHER_PASSWORD)),
            stale.delete("/api/me"))) {
      assertProblem(401, "stale-login", reply);
      String challenge = reply.header("WWW-Authenticate").orElse("");
      assertTrue(
          challenge.startsWith(
              "Bearer realm=\"Signet\", error=\"insufficient_user_authentication\""),
          challenge);
      assertTrue(
          challenge.contains(", acr_values=\"urn:signet:acr:fresh\", max_age=\"900\""), challenge);
    }
    assertEquals(200, TestUsers.login(client(), ada.username(), PASSWORD).status());
  }

  /** RFC 9470, section 4. */
  @ParameterizedTest
  @ValueSource(strings = {"acr_values", "max_age"})
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void clientGetsAFreshLoginByWhatTheChallengeSays(String parameter) throws SQLException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app =
        TestClients.app(TestUsers.administrator(client()), Map.of("scope", "openid api"));
    Map<String, String> request = Visitor.request(app, "scope", "openid api");
    Visitor visitor = new Visitor(client());
    code(visitor.logIn(request, ada.username()));
    TestDatabase.execute(
        "update refresh_families set authenticated_at = now() - interval '901 s' where user_id = '"
            + ada.id()
            + "'");

    Client.Reply challenged = caller(visitor, app, visitor.authorize(request)).delete("/api/me");
    assertProblem(401, "stale-login", challenged);
    Matcher asked =
        Pattern.compile(parameter + "=\"([^\"]+)\"")
            .matcher(challenged.header("WWW-Authenticate").orElse(""));
    assertTrue(asked.find(), challenged::toString);
    request.put(parameter, asked.group(1));
    request.put("claims", "{\"id_token\":{\"acr\":{\"essential\":true}}}"); // Whichever it is.

    Client fresh = caller(visitor, app, visitor.logIn(request, ada.username()));
    assertEquals(204, fresh.delete("/api/me").status());
  }

  private Client caller(Visitor visitor, TestClients app, Client.Reply answer) {
    JsonNode tokens = visitor.redeem(app, code(answer)).json();
    return client().withToken(tokens.path("access_token").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /api/admin/keys/rotate", "GET /api/admin/export"})
  default void administratorsAreChallengedWhereMuchIsAtStake(String call) {
    Map<String, Object> claims = Forgery.of(client()).claims("groups", List.of("admin"));
    claims.put("auth_time", Forgery.of(client()).now() - 901);
    Client stale = client().withToken(Forgery.of(client()).token(claims));
    String[] parts = call.split(" ", 2);

    assertProblem(
        401,
        "stale-login",
        stale.send(stale.request(parts[1]).method(parts[0], BodyPublishers.noBody())));
  }

  @Test
  default void loginOfUnknownAgeIsStale() {
    Map<String, Object> claims = Forgery.of(client()).claims();
    claims.remove("auth_time");

    assertProblem(
        401,
        "stale-login",
        client().withToken(Forgery.of(client()).token(claims)).delete("/api/me"));
  }

  @Test
  default void freshLoginPasses() {
    TestUsers.Person ada = TestUsers.loggedIn(client());

    assertEquals(204, ada.client().delete("/api/me").status());
  }

  @Test
  default void whoMayNotCallIsNotAskedToLogInAgain() {
    Map<String, Object> claims = Forgery.of(client()).claims("groups", List.of());
    claims.put("auth_time", 1);

    assertProblem(
        403, "forbidden", client().withToken(Forgery.of(client()).token(claims)).delete("/api/me"));
    assertTokenMissing(client().delete("/api/me"));
  }

  @Test
  default void optionalEndpointAnswersWithAndWithoutATokenButNeverToABadOne() {
    TestUsers.Person ada = TestUsers.loggedIn(client());

    assertEquals(
        "{\"logged_in_as\":\"" + ada.username() + "\"}", ada.client().get("/api/optional").body());
    assertEquals("{\"logged_in_as\":null}", client().get("/api/optional").body());
    assertTokenRefused(client().withToken("x").get("/api/optional"));
    long now = Forgery.of(client()).now();
    assertTokenRefused(
        client()
            .withToken(Forgery.of(client()).token(Forgery.of(client()).claims("exp", now - 60)))
            .get("/api/optional"));
  }
}

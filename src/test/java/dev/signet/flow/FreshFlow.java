package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static dev.signet.flow.Problems.assertTokenRefused;
import static dev.signet.flow.TestUsers.OTHER_PASSWORD;
import static dev.signet.flow.TestUsers.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

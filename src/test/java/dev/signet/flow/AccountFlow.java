package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenRefused;
import static dev.signet.flow.TestUsers.OTHER_PASSWORD;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.flow.TestUsers.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Self-service of users. */
interface AccountFlow extends Flow {
  @Test
  default void protectedEndpointNamesItsCaller() {
    Person ada = TestUsers.loggedIn(client());

    assertEquals(
        "{\"logged_in_as\":\"" + ada.username() + "\"}", ada.client().get("/api/protected").body());
  }

  @Test
  default void meIsTheOwnAccount() {
    Person ada = TestUsers.loggedIn(client());
    Client.Reply me = ada.client().get("/api/me");

    assertEquals(200, me.status(), me::toString);
    assertEquals(ada.id(), me.json().path("id").asText());
    assertEquals(me.json(), ada.client().get("/api/users/" + ada.id()).json());
    assertTrue(me.json().path("email").isNull());
    assertTrue(me.json().path("enabled").isMissingNode());
  }

  @Test
  default void emailCanBeSetAndRemoved() {
    Person ada = TestUsers.loggedIn(client());
    String address = ada.username() + "@example.org";

    assertEquals(
        address,
        ada.client().patch("/api/me", Map.of("email", address)).json().path("email").asText());
    assertEquals(address, ada.client().patch("/api/me", Map.of()).json().path("email").asText());
    Map<String, Object> removal = new HashMap<>();
    removal.put("email", null);
    assertTrue(ada.client().patch("/api/me", removal).json().path("email").isNull());
    assertProblem(
        400, "invalid-input", ada.client().patch("/api/me", Map.of("email", "nobody")), "email");
  }

  @Test
  default void takenEmailAddressDoesNotShowInAChange() {
    Person ada = TestUsers.loggedIn(client());
    Person bob = TestUsers.loggedIn(client());
    Map<String, String> change = Map.of("email", ada.username() + "@example.org");
    Client.Reply free = ada.client().patch("/api/me", change);
    Client.Reply taken = bob.client().patch("/api/me", change);

    assertEquals(200, free.status(), free::toString);
    assertEquals(200, taken.status(), taken::toString);
    assertEquals(free.json().path("email"), taken.json().path("email"));
    assertEquals(taken.json(), bob.client().get("/api/me").json());
    // An administrator gets the truth.
    Person eve = TestUsers.loggedIn(client());
    assertProblem(
        409,
        "name-taken",
        TestUsers.administrator(client()).patch("/api/users/" + eve.id(), change),
        "email");
  }

  @Test
  default void usersCannotChangeTheirOwnGroups() {
    Person ada = TestUsers.loggedIn(client());
    for (String member : List.of("groups", "id", "enabled", "username")) {
      Client.Reply reply =
          ada.client()
              .patch("/api/me", Map.of(member, List.of("admin"), "email", "other@example.org"));

      assertProblem(400, "invalid-input", reply, member);
    }
    Client.Reply same = ada.client().get("/api/me");
    assertEquals("[\"user\"]", same.json().path("groups").toString());
    assertEquals(ada.id(), same.json().path("id").asText());
    assertTrue(same.json().path("email").isNull(), same::toString);
    assertEquals(200, login(client(), ada.username(), PASSWORD).status());
  }

  @Test
  default void passwordChangeNeedsTheOldOne() {
    Person ada = TestUsers.loggedIn(client());

    assertProblem(
        400,
        "invalid-input",
        ada.client()
            .post(
                "/api/me/password",
                Map.of("old_password", OTHER_PASSWORD, "new_password", OTHER_PASSWORD + "2")),
        "old_password");
    assertEquals(200, login(client(), ada.username(), PASSWORD).status());
  }

  @Test
  default void changedPasswordReplacesTheOldOne() {
    Person ada = TestUsers.loggedIn(client());
    Client.Reply reply =
        ada.client()
            .post(
                "/api/me/password",
                Map.of("old_password", PASSWORD, "new_password", OTHER_PASSWORD));

    assertEquals(204, reply.status(), reply::toString);
    assertEquals(401, login(client(), ada.username(), PASSWORD).status());
    assertEquals(200, login(client(), ada.username(), OTHER_PASSWORD).status());
  }

  @Test
  default void newPasswordIsJudgedLikeAFirstOne() {
    Person ada = TestUsers.loggedIn(client());
    for (String weak : new String[] {"password1", ada.username() + "1"}) {
      assertProblem(
          400,
          "weak-password",
          ada.client()
              .post("/api/me/password", Map.of("old_password", PASSWORD, "new_password", weak)),
          "new_password");
    }
    assertProblem(
        400,
        "invalid-input",
        ada.client()
            .post("/api/me/password", Map.of("old_password", PASSWORD, "new_password", PASSWORD)),
        "new_password");
  }

  @Test
  default void deletedAccountIsGone() {
    Person ada = TestUsers.loggedIn(client());

    assertEquals(204, ada.client().delete("/api/me").status());
    assertEquals(401, login(client(), ada.username(), PASSWORD).status());
    assertTokenRefused(ada.client().get("/api/me"));
    assertEquals(201, TestUsers.register(client(), ada.username(), PASSWORD).status());
  }
}

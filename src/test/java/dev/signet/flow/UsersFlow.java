package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.flow.TestUsers.Person;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator looks after everybody's account. */
interface UsersFlow extends Flow {
  @Test
  default void onlyAdministratorsSeeOthers() {
    Person ada = TestUsers.loggedIn(client());
    Person bob = TestUsers.loggedIn(client());

    assertProblem(403, "forbidden", ada.client().get("/api/users"));
    assertProblem(403, "forbidden", ada.client().get("/api/users/" + bob.id()));
    assertProblem(403, "forbidden", ada.client().patch("/api/users/" + bob.id(), Map.of()));
    assertProblem(403, "forbidden", ada.client().delete("/api/users/" + bob.id()));
    assertEquals(200, TestUsers.administrator(client()).get("/api/users/" + bob.id()).status());
  }

  @Test
  default void nobodysAccountLooksLikeSomebodyElses() {
    Person ada = TestUsers.loggedIn(client());
    String bobs = "/api/users/" + TestUsers.loggedIn(client()).id();
    for (String path : List.of(bobs, "/api/users/" + UUID.randomUUID(), "/api/users/unknown")) {
      List<Client.Reply> replies =
          List.of(
              ada.client().get(path),
              ada.client().patch(path, Map.of("email", "x@example.org")),
              ada.client().delete(path));
      for (Client.Reply reply : replies) {
        assertProblem(403, "forbidden", reply);
      }
      assertEquals(
          replies.stream().map(Client.Reply::body).toList(),
          List.of(
              ada.client().get(bobs).body(),
              ada.client().patch(bobs, Map.of()).body(),
              ada.client().delete(bobs).body()));
    }
  }

  @Test
  default void administratorChangesGroupsAndTheyReachTheToken() throws Exception {
    Person ada = TestUsers.loggedIn(client());
    Client.Reply reply =
        TestUsers.administrator(client())
            .patch(
                "/api/users/" + ada.id(), Map.of("groups", List.of("user", "admin", "sales:eu")));

    assertEquals(200, reply.status(), reply::toString);
    assertEquals("[\"admin\",\"sales:eu\",\"user\"]", reply.json().path("groups").toString());
    String token = TestUsers.token(client(), ada.username(), PASSWORD);
    assertEquals(reply.json().path("groups"), Forgery.part(token, 1).path("groups"));
    assertEquals(200, client().withToken(token).get("/api/users").status());
  }

  @Test
  default void disabledUserCannotLogInUntilEnabled() {
    Person ada = TestUsers.loggedIn(client());
    Client admin = TestUsers.administrator(client());

    assertFalse(
        admin
            .patch("/api/users/" + ada.id(), Map.of("enabled", false))
            .json()
            .path("enabled")
            .asBoolean(true));
    assertEquals(401, login(client(), ada.username(), PASSWORD).status());
    admin.patch("/api/users/" + ada.id(), Map.of("enabled", true));
    assertEquals(200, login(client(), ada.username(), PASSWORD).status());
  }

  @Test
  default void administratorDeletesAUser() {
    Person ada = TestUsers.loggedIn(client());
    Client admin = TestUsers.administrator(client());

    assertEquals(204, admin.delete("/api/users/" + ada.id()).status());
    assertProblem(404, "not-found", admin.get("/api/users/" + ada.id()));
    assertProblem(404, "not-found", admin.delete("/api/users/" + ada.id()));
    assertProblem(404, "not-found", admin.patch("/api/users/" + ada.id(), Map.of()));
  }

  /** Removes the other administrators, which other tests may have left behind, first. */
  @Test
  default void lastAdministratorStays() {
    Client admin = TestUsers.administrator(client());
    for (JsonNode user : all(admin, "username")) {
      boolean other = !user.path("username").asText().equals("admin");
      if (other && user.path("groups").toString().contains("\"admin\"")) {
        admin.delete("/api/users/" + user.path("id").asText());
      }
    }
    String id = admin.get("/api/me").json().path("id").asText();

    assertProblem(409, "last-administrator", admin.delete("/api/me"));
    assertProblem(409, "last-administrator", admin.delete("/api/users/" + id));
    assertProblem(
        409, "last-administrator", admin.patch("/api/users/" + id, Map.of("enabled", false)));
    assertProblem(
        409,
        "last-administrator",
        admin.patch("/api/users/" + id, Map.of("groups", List.of("user"))));
    assertEquals(200, TestUsers.administrator(client()).get("/api/users").status());
  }

  @Test
  default void pagesTogetherAreTheWholeListInOrder() {
    Client admin = TestUsers.administrator(client());
    for (int i = 0; i < 5; i++) {
      TestUsers.register(client(), TestUsers.freshName(), PASSWORD);
    }
    for (String sort : List.of("username", "created_at")) {
      List<String> up = names(all(admin, sort));
      List<String> down = names(all(admin, "-" + sort));
      Collections.reverse(down);

      assertTrue(up.size() > 5, up::toString);
      assertEquals(up, down);
    }
  }

  @Test
  default void searchFindsPartsOfNamesAndAddressesInAnyCase() {
    Person ada = TestUsers.loggedIn(client());
    ada.client().patch("/api/me", Map.of("email", "X" + ada.username() + "@Example.org"));
    Client admin = TestUsers.administrator(client());
    String part = ada.username().substring(3, 20).toUpperCase(Locale.ROOT);

    assertEquals(List.of(ada.username()), names(items(admin.get("/api/users?q=" + part))));
    assertEquals(
        List.of(ada.username()),
        names(items(admin.get("/api/users?q=X" + ada.username() + "%40example"))));
    assertEquals(List.of(), items(admin.get("/api/users?q=%25"))); // a percent sign is a letter
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=101",
        "limit=x",
        "limit=99999999999",
        "sort=password_hash",
        "sort=username;drop table users",
        "after=x",
        "after=!!",
        "after=dXNlcm5hbWUKYQ"
      })
  default void wrongParametersAreNamed(String query) {
    Client.Reply reply =
        TestUsers.administrator(client()).get("/api/users?" + query.replace(" ", "%20"));

    assertProblem(400, "invalid-input", reply, query.substring(0, query.indexOf('=')));
  }

  @Test
  default void changeOfAMemberThatCannotBeChangedIsRefusedByName() {
    Person ada = TestUsers.loggedIn(client());
    Client admin = TestUsers.administrator(client());
    String path = "/api/users/" + ada.id();
    for (String member : List.of("id", "username", "created_at", "verified", "Enabled")) {
      Client.Reply reply = admin.patch(path, Map.of(member, "x", "enabled", false));

      assertProblem(400, "invalid-input", reply, member);
      assertTrue(reply.body().contains("email, enabled, groups"), reply::toString);
    }
    assertTrue(admin.get(path).json().path("enabled").asBoolean());
    assertProblem(
        400,
        "invalid-input",
        admin.post("/api/admin/blocks", Map.of("source", "203.0.113.77", "until", "PT1S")),
        "until");
    assertProblem(
        400,
        "invalid-input",
        admin.post("/api/admin/clients/nobody/secret", Map.of("overlapp", "PT0S")),
        "overlapp");
  }

  @Test
  default void groupsAreNotMoreThanATokenCanCarryInAHeader() {
    Person ada = TestUsers.loggedIn(client());
    Client admin = TestUsers.administrator(client());
    String path = "/api/users/" + ada.id();
    List<String> groups = IntStream.range(10, 39).mapToObj(i -> "\u7d44".repeat(62) + i).toList();

    assertProblem(400, "invalid-input", admin.patch(path, Map.of("groups", groups)), "groups");
    List<String> most = new ArrayList<>(groups.subList(0, 10));
    most.add("user");
    Client.Reply changed = admin.patch(path, Map.of("groups", most));
    assertEquals(200, changed.status(), changed::toString);

    String token = TestUsers.token(client(), ada.username(), PASSWORD);
    Client.Reply reply =
        client()
            .send(
                client()
                    .withToken(token)
                    .request("/api/me")
                    .header("User-Agent", "x".repeat(512))
                    .header("Cookie", "other=" + "x".repeat(1_024)));
    assertEquals(200, reply.status(), reply::toString);
  }

  @Test
  default void groupNamesAreChecked() {
    Person ada = TestUsers.loggedIn(client());
    Client.Reply reply =
        TestUsers.administrator(client())
            .patch("/api/users/" + ada.id(), Map.of("groups", List.of("two words")));

    assertEquals(400, reply.status(), reply::toString);
    assertTrue(
        reply.json().path("errors").path(0).path("field").asText().startsWith("groups"),
        reply::toString);
  }

  private static List<JsonNode> all(Client admin, String sort) {
    List<JsonNode> users = new ArrayList<>();
    String next = "";
    do {
      Client.Reply page = admin.get("/api/users?limit=3&sort=" + sort + next);
      users.addAll(items(page));
      JsonNode cursor = page.json().path("next");
      next = cursor.isNull() ? null : "&after=" + cursor.asText();
    } while (next != null);
    return users;
  }

  private static List<JsonNode> items(Client.Reply page) {
    assertEquals(200, page.status(), page::toString);
    List<JsonNode> users = new ArrayList<>();
    page.json().path("items").forEach(users::add);
    return users;
  }

  private static List<String> names(List<JsonNode> users) {
    return new ArrayList<>(users.stream().map(user -> user.path("username").asText()).toList());
  }
}

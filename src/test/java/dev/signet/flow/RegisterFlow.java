package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.freshName;
import static dev.signet.flow.TestUsers.register;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registration of users. */
interface RegisterFlow extends Flow {
  @Test
  default void registrationAnswersWithTheUserAndItsLocation() {
    String name = freshName();
    Client.Reply reply =
        client()
            .post(
                "/api/register",
                Map.of("username", name, "password", PASSWORD, "email", name + "@Example.org"));

    assertEquals(201, reply.status(), reply::toString);
    JsonNode user = reply.json();
    assertEquals(
        Set.of("id", "username", "email", "groups", "created_at", "updated_at"), members(reply));
    assertEquals(name, user.path("username").asText());
    assertEquals(name + "@Example.org", user.path("email").asText());
    assertEquals("[\"user\"]", user.path("groups").toString());
    assertTrue(
        reply.header("Location").orElse("").endsWith("/api/users/" + user.path("id").asText()));
    assertFalse(reply.body().contains("argon2"));
  }

  /** OIDC Core, section 5.1: an addr-spec of RFC 5322. */
  @ParameterizedTest
  @ValueSource(
      strings = {"<a@c.org>", "a,b@c.org", "mailto:a@b.org", "a@b..org", "a@b,c.org", "a@b.org."})
  default void whatIsNoEmailAddressIsRefused(String address) {
    assertProblem(
        400,
        "invalid-input",
        client()
            .post(
                "/api/register",
                Map.of("username", freshName(), "password", PASSWORD, "email", address)),
        "email");
  }

  @Test
  default void internationalisedDomainIsKeptAsTypedAndIsOneInBothItsForms() {
    Client admin = TestUsers.administrator(client());
    String local = freshName();
    TestUsers.Person first = TestUsers.loggedIn(client());
    TestUsers.Person second = TestUsers.loggedIn(client());

    Client.Reply typed =
        admin.patch("/api/users/" + first.id(), Map.of("email", local + "@B\u00FCcher.example"));
    assertEquals(200, typed.status(), typed::toString);
    assertEquals(local + "@B\u00FCcher.example", typed.json().path("email").asText());

    assertProblem(
        409,
        "name-taken",
        admin.patch("/api/users/" + second.id(), Map.of("email", local + "@xn--bcher-kva.example")),
        "email");
  }

  @Test
  default void namesThatLookAlikeAreTaken() {
    String name = freshName();
    assertEquals(201, register(client(), name, PASSWORD).status());

    String wide = "\uff55" + name.substring(1); // a full-width u
    for (String alike : List.of(name, name.toUpperCase(Locale.ROOT), wide)) {
      assertProblem(409, "name-taken", register(client(), alike, PASSWORD), "username");
    }
  }

  /** An address may be a secret; a name is a public handle. */
  @Test
  default void takenEmailAddressDoesNotShow() {
    String address = freshName() + "@example.org";
    String name = freshName();
    Map<String, String> first =
        Map.of("username", freshName(), "password", PASSWORD, "email", address);
    Map<String, String> second =
        Map.of("username", name, "password", PASSWORD, "email", address.toUpperCase(Locale.ROOT));
    Client.Reply free = client().post("/api/register", first);
    Client.Reply taken = client().post("/api/register", second);

    assertEquals(201, free.status(), free::toString);
    assertEquals(201, taken.status(), taken::toString);
    assertEquals(
        free.response().headers().map().keySet(), taken.response().headers().map().keySet());
    assertEquals(members(free), members(taken));
    assertEquals(address.toUpperCase(Locale.ROOT), taken.json().path("email").asText());
    Client.Reply me = client().withToken(TestUsers.token(client(), name, PASSWORD)).get("/api/me");
    assertEquals(taken.json(), me.json());
  }

  @Test
  default void ofSimultaneousRegistrationsOfOneNameOneWins() {
    String name = freshName();
    List<Integer> statuses =
        atOnce(Collections.nCopies(8, () -> register(client(), name, PASSWORD).status()));

    assertEquals(1, Collections.frequency(statuses, 201), statuses::toString);
    assertEquals(7, Collections.frequency(statuses, 409), statuses::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab",
        "with space",
        "null\\u0000byte",
        "line\\nbreak",
        "zero\\u200bwidth",
        "slash/",
        "<b>bold",
        "hangul\\u3164filler",
        "\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00",
        ""
      })
  default void usernamesOfOtherCharactersAreRefused(String name) {
    String json = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD);

    assertProblem(400, "invalid-input", postText("/api/register", json), "username");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ångström", "Дмитрий", "山田太郎", "प्रिया", "j.d-o_e"})
  default void usernamesOfAnyScriptAreShownAsTyped(String name) {
    String typed = name + freshName().substring(0, 12);
    Client.Reply reply = register(client(), typed, PASSWORD);

    assertEquals(201, reply.status(), reply::toString);
    assertEquals(typed, reply.json().path("username").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"password1", "qwertyuiop", "aaaaaaaaaaaa", "abcdefgh"})
  default void passwordsThatAreEasyToGuessAreRefused(String password) {
    assertProblem(400, "weak-password", register(client(), freshName(), password), "password");
  }

  @Test
  default void passwordMustNotContainTheUsername() {
    String name = freshName();

    assertProblem(400, "weak-password", register(client(), name, "x-" + name + "-y"), "password");
  }

  @Test
  default void passwordMayHaveAnyUnicodeAnd256Characters() {
    String password = "пароль-寿司-🔑" + "x1".repeat(122) + "z";
    String name = freshName();

    assertEquals(256, password.codePointCount(0, password.length()));
    assertEquals(201, register(client(), name, password).status());
    assertEquals(200, TestUsers.login(client(), name, password).status());
    assertProblem(
        400, "weak-password", register(client(), freshName(), password + "y"), "password");
  }

  @Test
  default void everyMissingMemberIsNamed() {
    assertProblem(
        400, "invalid-input", client().post("/api/register", Map.of()), "password", "username");
  }

  @Test
  default void bodyCannotSetGroupsOrIdentifier() {
    String name = freshName();
    Client.Reply reply =
        client()
            .post(
                "/api/register",
                Map.of(
                    "username",
                    name,
                    "password",
                    PASSWORD,
                    "id",
                    "42",
                    "role",
                    "admin",
                    "groups",
                    List.of("admin"),
                    "enabled",
                    false,
                    "verified",
                    true));

    assertEquals(201, reply.status(), reply::toString);
    assertEquals("[\"user\"]", reply.json().path("groups").toString());
    assertFalse(reply.json().path("id").asText().equals("42"));
    assertEquals(
        403,
        client().withToken(TestUsers.token(client(), name, PASSWORD)).get("/api/users").status());
  }

  @Test
  default void identifiersAreUnguessable() {
    Set<String> ids = new TreeSet<>();
    IntStream.range(0, 3)
        .forEach(
            i -> ids.add(register(client(), freshName(), PASSWORD).json().path("id").asText()));

    assertEquals(3, ids.size());
    assertTrue(ids.stream().allMatch(id -> id.matches("[0-9a-f-]{36}")), ids::toString);
  }

  private static Set<String> members(Client.Reply reply) {
    Set<String> members = new TreeSet<>();
    reply.json().fieldNames().forEachRemaining(members::add);
    return members;
  }
}

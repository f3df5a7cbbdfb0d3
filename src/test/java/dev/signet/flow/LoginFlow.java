package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.freshName;
import static dev.signet.flow.TestUsers.login;
import static dev.signet.flow.TestUsers.register;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The login. */
interface LoginFlow extends Flow {
  @Test
  default void loginAnswersWithABearerToken() {
    String name = freshName();
    register(client(), name, PASSWORD);
    Client.Reply reply = login(client(), name, PASSWORD);

    assertEquals(200, reply.status(), reply::toString);
    assertEquals("Bearer", reply.json().path("token_type").asText());
    assertEquals(900, reply.json().path("expires_in").asInt());
    assertEquals(Optional.of("no-store"), reply.header("Cache-Control"));
  }

  @Test
  default void tokenHasTheClaimsOfMicroProfileJwtAndRfc9068() throws Exception {
    String name = freshName();
    String id = register(client(), name, PASSWORD).json().path("id").asText();
    String token = TestUsers.token(client(), name, PASSWORD);
    JsonNode header = Forgery.part(token, 0);
    JsonNode claims = Forgery.part(token, 1);

    assertTrue(Set.of("RS256", "ES256").contains(header.path("alg").asText()));
    assertEquals("JWT", header.path("typ").asText());
    assertEquals(
        client().get("/.well-known/jwks.json").json().path("keys").path(0).path("kid"),
        header.path("kid"));
    Set<String> names = new TreeSet<>();
    claims.fieldNames().forEachRemaining(names::add);
    assertEquals(
        Set.of(
            "iss",
            "sub",
            "upn",
            "groups",
            "jti",
            "iat",
            "exp",
            "aud",
            "client_id",
            "scope",
            "auth_time",
            "sid"),
        names);
    assertEquals(client().baseUrl(), claims.path("iss").asText());
    assertEquals(id, claims.path("sub").asText());
    assertEquals(name, claims.path("upn").asText());
    assertEquals("[\"user\"]", claims.path("groups").toString());
    assertEquals(900, claims.path("exp").asLong() - claims.path("iat").asLong());
    assertEquals(claims.path("iat"), claims.path("auth_time"));
  }

  @Test
  default void usernameIsComparedWithoutCase() {
    String name = freshName();
    register(client(), name, PASSWORD);

    assertEquals(200, login(client(), name.toUpperCase(Locale.ROOT), PASSWORD).status());
  }

  /** Phones and clipboards add them: they find the user, and are no failed attempt. */
  @Test
  default void blanksAroundAUsernameAreNoPartOfIt() {
    String name = freshName();
    Client.Reply registered = register(client(), " " + name + "\u00a0", PASSWORD);

    assertEquals(201, registered.status(), registered::toString);
    assertEquals(name, registered.json().path("username").asText());
    assertEquals(409, register(client(), name + " ", PASSWORD).status());
    assertEquals(200, login(client(), "  " + name + " ", PASSWORD).status());
  }

  @Test
  default void everyFailedLoginGetsTheSameAnswer() {
    String name = freshName();
    String disabled = freshName();
    register(client(), name, PASSWORD);
    String id = register(client(), disabled, PASSWORD).json().path("id").asText();
    TestUsers.administrator(client()).patch("/api/users/" + id, Map.of("enabled", false));

    Client.Reply wrongPassword = login(client(), name, "another-password-4711");
    for (Client.Reply reply :
        List.of(
            login(client(), freshName(), PASSWORD),
            login(client(), disabled, PASSWORD),
            login(client(), "<script>", PASSWORD),
            login(client(), name, ""),
            login(client(), name, PASSWORD + "x".repeat(900)))) {
      assertEquals(wrongPassword.status(), reply.status());
      assertEquals(wrongPassword.body(), reply.body());
      assertEquals(wrongPassword.header("WWW-Authenticate"), reply.header("WWW-Authenticate"));
    }
    assertProblem(401, "invalid-credentials", wrongPassword);
    assertEquals(Optional.of(Problems.CHALLENGE), wrongPassword.header("WWW-Authenticate"));
  }

  @Test
  default void sqlInAUsernameFindsNobody() {
    for (String name : List.of("admin' --", "' or '1'='1", "admin'; drop table users; --", "%")) {
      assertProblem(401, "invalid-credentials", login(client(), name, PASSWORD));
    }
    assertEquals(200, login(client(), "admin", ServerSession.ADMIN_PASSWORD).status());
  }

  @Test
  default void passwordsThatDifferAfterByte72AreDifferent() {
    String name = freshName();
    String longPassword = PASSWORD + "z".repeat(80);
    register(client(), name, longPassword + "a");

    assertEquals(401, login(client(), name, longPassword + "b").status());
    assertEquals(200, login(client(), name, longPassword + "a").status());
  }

  @Test
  default void nulInAPasswordCounts() {
    String name = freshName();
    assertEquals(201, register(client(), name, PASSWORD + "\0a").status());

    assertEquals(401, login(client(), name, PASSWORD).status());
    assertEquals(401, login(client(), name, PASSWORD + "\0b").status());
    assertEquals(200, login(client(), name, PASSWORD + "\0a").status());
  }
}

package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules that hold whether Signet or the server's MicroProfile JWT verifies tokens. */
interface BasicFlow extends Flow {
  @Test
  default void tokenOpensWhatItsGroupsAllow() {
    TestUsers.Person ada = TestUsers.loggedIn(client());

    assertEquals(
        ada.username(), ada.client().get("/api/protected").json().path("logged_in_as").asText());
    assertEquals(200, TestUsers.administrator(client()).get("/api/users").status());
  }

  /** One server leaves everything open unless it is told otherwise. */
  @Test
  default void missingRoleIsRefused() {
    assertEquals(403, TestUsers.loggedIn(client()).client().get("/api/users").status());
  }

  @Test
  default void nothingOpensWithoutAToken() {
    for (String path : List.of("/api/protected", "/api/me", "/api/users", "/api/users/42")) {
      assertEquals(401, client().get(path).status(), path);
    }
  }

  @Test
  default void eventNamesItsActor() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    Client administrator = TestUsers.administrator(client());
    assertEquals(204, ada.client().delete("/api/me/sessions").status());

    String query = "/api/admin/audit?type=session_ended&subject=" + ada.id();
    await(AuditFlow.STORED, () -> administrator.get(query).json().path("items").size() == 1);
    assertEquals(
        ada.id(), administrator.get(query).json().path("items").path(0).path("actor").asText());
  }

  @Test
  default void changedTokenIsRefused() {
    String token = TestUsers.token(client(), "admin", ServerSession.ADMIN_PASSWORD);
    int middle = token.lastIndexOf('.') + 20;
    char other = token.charAt(middle) == 'A' ? 'B' : 'A';
    String changed = token.substring(0, middle) + other + token.substring(middle + 1);

    assertEquals(401, client().withToken(changed).get("/api/protected").status());
  }

  @Test
  default void publicKeysAreCacheableAndPublicOnly() {
    Client.Reply reply = client().get("/.well-known/jwks.json");

    assertEquals(200, reply.status(), reply::toString);
    assertEquals(
        Optional.of("public, max-age=" + (KeysFlow.areInDatabase() ? 1 : 300)),
        reply.header("Cache-Control"));
    assertFalse(reply.json().path("keys").isEmpty());
    for (JsonNode key : reply.json().path("keys")) {
      assertTrue(Set.of("RS256", "ES256").contains(key.path("alg").asText()), reply::toString);
      for (String secret : List.of("d", "p", "q", "dp", "dq", "qi")) {
        assertTrue(key.path(secret).isMissingNode(), secret);
      }
    }
  }
}

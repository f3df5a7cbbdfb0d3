package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Registered clients, as administrators manage them. */
interface ClientsFlow extends Flow {
  String CLIENTS = "/api/admin/clients";

  @Test
  default void registeredClientIsShownWithItsSecretOnceOnly() {
    Client administrator = TestUsers.administrator(client());

    Client.Reply registered =
        administrator.post(CLIENTS, Map.of("client_name", "Reports", "scope", "b a"));

    assertEquals(201, registered.status(), registered::toString);
    String id = registered.json().path("client_id").asText();
    assertTrue(registered.header("Location").orElse("").endsWith(CLIENTS + "/" + id));
    assertEquals(43, registered.json().path("client_secret").asText().length());
    assertEquals(0, registered.json().path("client_secret_expires_at").asLong(-1));
    JsonNode shown = administrator.get(CLIENTS + "/" + id).json();
    assertFalse(shown.has("client_secret"), shown::toString);
    assertEquals("Reports", shown.path("client_name").asText());
    assertEquals("client_secret_basic", shown.path("token_endpoint_auth_method").asText());
    assertEquals("[]", shown.path("grant_types").toString());
    assertTrue(shown.path("enabled").asBoolean());
    assertTrue(shown.path("client_id_issued_at").asLong() > 1_700_000_000L);
  }

  @Test
  default void clientIsReplacedDisabledAndDeleted() {
    Client administrator = TestUsers.administrator(client());
    TestClients service = TestClients.service(administrator);
    String path = CLIENTS + "/" + service.id();
    assertEquals(200, service.token(client()).status());

    Map<String, Object> off =
        Map.of("grant_types", List.of("client_credentials"), "enabled", false);
    Client.Reply replaced = administrator.put(path, off);
    assertEquals(200, replaced.status(), replaced::toString);
    assertEquals("", replaced.json().path("scope").asText());
    assertEquals(401, service.token(client()).status(), "at once");

    assertEquals(
        200,
        administrator.put(path, Map.of("grant_types", List.of("client_credentials"))).status());
    assertEquals(200, service.token(client()).status());

    assertEquals(204, administrator.delete(path).status());
    assertEquals(401, service.token(client()).status());
    assertProblem(404, "not-found", administrator.get(path));
    assertProblem(404, "not-found", administrator.delete(path));
    assertProblem(404, "not-found", administrator.put(path, Map.of()));
  }

  @Test
  default void replacedSecretStaysGoodForTheOverlap() {
    Client administrator = TestUsers.administrator(client());
    TestClients first = TestClients.service(administrator);
    String path = CLIENTS + "/" + first.id() + "/secret";

    TestClients second = secret(first, administrator.post(path, Map.of()));
    assertEquals(200, first.token(client()).status(), "within the overlap");
    assertEquals(200, second.token(client()).status());

    TestClients third = secret(first, administrator.post(path, Map.of("overlap", "PT0S")));
    assertEquals(200, third.token(client()).status());
    assertEquals(401, second.token(client()).status());
    assertEquals(401, first.token(client()).status());
    assertProblem(
        400, "invalid-input", administrator.post(path, Map.of("overlap", "P91D")), "overlap");
    assertProblem(404, "not-found", administrator.post(CLIENTS + "/nobody-here/secret", Map.of()));
  }

  @Test
  default void chosenIdentifierIsTakenOnce() {
    Client administrator = TestUsers.administrator(client());
    String id = "reports." + UUID.randomUUID().toString().substring(0, 8);

    assertEquals(201, administrator.post(CLIENTS, Map.of("client_id", id)).status());
    assertProblem(
        409, "name-taken", administrator.post(CLIENTS, Map.of("client_id", id)), "client_id");
  }

  @Test
  default void metadataThatDoesNotWorkIsRefusedWithItsMembers() {
    Client administrator = TestUsers.administrator(client());
    Map<String, Object> wrong =
        Map.of(
            "client_id",
            UUID.randomUUID().toString(),
            "client_name",
            "",
            "grant_types",
            List.of("password"),
            "token_endpoint_auth_method",
            "client_secret_jwt",
            "scope",
            "a\tb",
            "audience",
            List.of("/relative"),
            "groups",
            List.of("a group"),
            "access_token_lifetime",
            1);

    Client.Reply refused = administrator.post(CLIENTS, wrong);

    assertProblem(
        400,
        "invalid-input",
        refused,
        "client_id",
        "client_name",
        "token_endpoint_auth_method",
        "grant_types",
        "audience",
        "groups",
        "scope",
        "access_token_lifetime");
    assertProblem(400, "invalid-input", administrator.get(CLIENTS + "?after=%20"), "after");
    assertProblem(404, "not-found", administrator.get(CLIENTS + "/%20"));
  }

  @Test
  default void clientsAreListedPageByPage() {
    Client administrator = TestUsers.administrator(client());
    TestClients one = TestClients.service(administrator);
    TestClients other = TestClients.service(administrator);
    TreeSet<String> seen = new TreeSet<>();
    String next = "";
    do {
      JsonNode page = administrator.get(CLIENTS + "?limit=1" + next).json();
      assertEquals(1, page.path("items").size(), page::toString);
      assertFalse(page.toString().contains("secret\":"), page::toString);
      assertTrue(seen.add(page.path("items").get(0).path("client_id").asText()));
      next = page.path("next").isNull() ? null : "&after=" + page.path("next").asText();
    } while (next != null);

    assertTrue(seen.containsAll(List.of(one.id(), other.id())));
  }

  @Test
  default void onlyAdministratorsManageClients() {
    Client user = TestUsers.loggedIn(client()).client();

    assertProblem(403, "forbidden", user.get(CLIENTS));
    assertProblem(403, "forbidden", user.post(CLIENTS, Map.of()));
    assertProblem(403, "forbidden", user.delete(CLIENTS + "/any"));
    assertEquals(401, client().get(CLIENTS).status());
  }

  private static TestClients secret(TestClients client, Client.Reply reply) {
    assertEquals(200, reply.status(), reply::toString);
    return new TestClients(client.id(), reply.json().path("client_secret").asText());
  }
}

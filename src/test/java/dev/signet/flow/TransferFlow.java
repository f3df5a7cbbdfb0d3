package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Clients and users as a file: imported at the start, exported while running. */
interface TransferFlow extends Flow {
  String EXPORT = "/api/admin/export";
  String PASSPHRASE = "twelve plums a day";

  @Test
  default void whatTheFileNamesIsThereAfterTheStart() {
    TestClients client = new TestClients("imported", ServerSession.IMPORTED_SECRET);
    assertEquals(200, client.token(client()).status());

    Client user =
        client().withToken(TestUsers.token(client(), "ada.in.json", ServerSession.IMPORTED_SECRET));
    assertEquals("[\"editor\",\"user\"]", user.get("/api/me").json().path("groups").toString());
    Client.Reply shown = TestUsers.administrator(client()).get("/api/admin/clients/imported");
    assertEquals("Imported", shown.json().path("client_name").asText());
    assertFalse(shown.json().has("public"), shown::toString);
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void importedHashWithOtherParametersIsReplacedAtTheNextLogin() throws SQLException {
    for (String username : ServerSession.HASHED) {
      assertFalse(hash(username).contains("$m=19456,t=2,p=1$"), username);

      assertEquals(200, login(client(), username, PASSWORD).status(), username);

      assertTrue(hash(username).contains("$m=19456,t=2,p=1$"), username);
      assertEquals(200, login(client(), username, PASSWORD).status(), username);
    }
  }

  @Test
  default void administratorExportsWithoutSecrets() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    Client administrator = TestUsers.administrator(client());

    Client.Reply file = administrator.get(EXPORT);

    assertEquals(200, file.status(), file::toString);
    assertTrue(file.header("Content-Disposition").orElse("").contains("signet.json"));
    assertEquals(Optional.of("no-store"), file.header("Cache-Control"));
    assertEquals(
        "Imported", find(file, "clients", "client_id", "imported").path("client_name").asText());
    JsonNode user = find(file, "users", "username", ada.username());
    assertEquals(ada.id(), user.path("id").asText());
    assertFalse(file.json().has("encrypted"));
    assertFalse(user.has("encrypted"), user::toString);
    assertFalse(file.body().contains("argon2"));
    await(
        Duration.ofSeconds(20),
        () ->
            administrator
                .get("/api/admin/audit?type=exported&limit=1")
                .body()
                .contains("without secrets"));
  }

  @Test
  default void secretsAreExportedEncryptedOnly() {
    Client administrator = TestUsers.administrator(client());

    Client.Reply file = withPassphrase(administrator, PASSPHRASE);

    assertEquals(200, file.status(), file::toString);
    assertTrue(file.json().path("encrypted").asText().startsWith("ey"), "a JWE");
    assertTrue(find(file, "clients", "client_id", "imported").has("encrypted"));
    assertTrue(find(file, "users", "username", "ada.in.json").has("encrypted"));
    assertFalse(file.body().contains("argon2"));
    assertProblem(400, "invalid-input", withPassphrase(administrator, "eleven char"));
    assertProblem(400, "invalid-input", administrator.get(EXPORT + "?secrets=true"));
  }

  @Test
  default void onlyAdministratorsExport() {
    assertTokenMissing(client().get(EXPORT));
    assertProblem(403, "forbidden", TestUsers.loggedIn(client()).client().get(EXPORT));
  }

  private static Client.Reply withPassphrase(Client administrator, String passphrase) {
    return administrator.send(
        administrator.request(EXPORT + "?secrets=true").header("Signet-Passphrase", passphrase));
  }

  private static String hash(String username) throws SQLException {
    return TestDatabase.text("select password_hash from users where username = '" + username + "'");
  }

  private static JsonNode find(Client.Reply file, String list, String member, String value) {
    return StreamSupport.stream(file.json().path(list).spliterator(), false)
        .filter(item -> item.path(member).asText().equals(value))
        .findFirst()
        .orElseThrow();
  }
}

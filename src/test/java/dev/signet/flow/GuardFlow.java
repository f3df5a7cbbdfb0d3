package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static dev.signet.flow.TestUsers.OTHER_PASSWORD;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.administrator;
import static dev.signet.flow.TestUsers.freshAddress;
import static dev.signet.flow.TestUsers.freshName;
import static dev.signet.flow.TestUsers.login;
import static dev.signet.flow.TestUsers.refresh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.flow.TestUsers.Person;
import dev.signet.flow.TestUsers.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Guessing of credentials, with the default settings: 100 failures within ten minutes block a
 * source. Each test comes from addresses of its own; the loopback addresses are never blocked.
 */
interface GuardFlow extends Flow {
  String WRONG = "harbor-violet-noisy-17";

  /** Password spraying: one password for many names, most of which do not exist. */
  @Test
  default void hundredFailedLoginsWithManyNamesBlockTheirSource() {
    Person ada = TestUsers.loggedIn(client());
    Tokens session = TestUsers.tokens(client(), ada);
    Client mallory = client().from(freshAddress());
    Callable<Client.Reply> guess = () -> login(mallory, freshName(), WRONG);
    for (int i = 0; i < 12; i++) {
      for (Client.Reply reply : atOnce(Collections.nCopies(8, guess))) {
        assertProblem(401, "invalid-credentials", reply);
      }
    }
    for (int i = 97; i < 100; i++) {
      assertProblem(401, "invalid-credentials", login(mallory, ada.username(), WRONG));
      // A success does not start the count anew.
      assertEquals(200, login(mallory, ada.username(), PASSWORD).status());
    }

    Client.Reply hundredth = login(mallory, freshName(), WRONG);
    Client.Reply next = login(mallory, ada.username(), PASSWORD);

    assertProblem(401, "invalid-credentials", hundredth);
    assertProblem(429, "blocked", next);
    int seconds = Integer.parseInt(next.header("Retry-After").orElse(""));
    assertTrue(seconds > 0 && seconds <= 15 * 60, next::toString);
    assertProblem(429, "blocked", refresh(mallory, session.refresh()));
    assertProblem(429, "blocked", changePassword(mallory.withToken(session.access()), PASSWORD));
    assertEquals(200, mallory.withToken(session.access()).get("/api/me").status());
    assertEquals(200, refresh(client(), session.refresh()).status(), "from elsewhere");
  }

  @Test
  default void failedRefreshesAndPasswordChangesCount() {
    Person ada = TestUsers.loggedIn(client());
    String address = freshAddress();
    Client mallory = client().from(address);
    failedRefreshes(mallory, 98);
    Tokens ended = TestUsers.tokens(mallory, ada);
    Tokens session = TestUsers.tokens(mallory, ada);
    assertEquals(204, mallory.withToken(session.access()).delete("/api/me/sessions").status());
    for (int i = 0; i < 3; i++) { // It was right once, and so is no guess.
      assertProblem(401, "invalid-refresh-token", refresh(mallory, ended.refresh()));
    }
    assertProblem(
        400,
        "invalid-input",
        changePassword(mallory.withToken(session.access()), WRONG),
        "old_password");

    failedRefreshes(mallory, 1);

    assertProblem(429, "blocked", refresh(mallory, session.refresh()));
  }

  /**
   * Anyone with a browser can send any code to a web application, which must not get it blocked.
   */
  @Test
  default void codesThatAClientWithASecretPassesOnAreNotCounted() {
    Client backend = client().from(freshAddress());
    TestClients app =
        TestClients.app(
            administrator(client()), Map.of("token_endpoint_auth_method", "client_secret_basic"));
    for (int i = 0; i < 101; i++) {
      for (Map<String, String> form :
          List.of(
              Map.of("grant_type", "authorization_code", "code", "x" + i),
              Map.of("grant_type", "refresh_token", "refresh_token", "x" + i))) {
        Client.Reply reply = app.post(backend, "/oauth2/token", form);
        assertEquals("invalid_grant", reply.json().path("error").asText(), reply::toString);
      }
    }

    assertEquals(200, login(backend, "admin", ServerSession.ADMIN_PASSWORD).status());
  }

  @Test
  default void whatAPublicClientCannotRedeemCounts() {
    Client mallory = client().from(freshAddress());
    TestClients app = TestClients.app(administrator(client()), Map.of());
    for (int i = 0; i < 100; i++) {
      assertEquals(400, new Visitor(mallory).redeem(app, "x" + i).status());
    }

    assertEquals(429, new Visitor(mallory).redeem(app, "x").status());
  }

  @Test
  default void whatIsNoCredentialIsNotCounted() {
    Client client = client().from(freshAddress());
    for (int i = 0; i < 101; i++) {
      assertEquals(401, client.withToken("x").get("/api/me").status());
      assertEquals(400, client.post("/api/login", Map.of("username", "ada")).status());
    }

    assertEquals(200, login(client, "admin", ServerSession.ADMIN_PASSWORD).status());
  }

  @Test
  default void administratorSeesAnAutomaticBlockAndLiftsIt() {
    String address = freshAddress();
    Client mallory = client().from(address);
    Client admin = administrator(client());
    failedRefreshes(mallory, 100);
    assertEquals(429, login(mallory, "admin", ServerSession.ADMIN_PASSWORD).status());

    JsonNode block = blockOf(admin, address).orElseThrow();
    assertTrue(block.path("automatic").asBoolean());
    assertTrue(block.path("by").isNull());
    assertTrue(block.path("reason").isNull());
    assertEquals(Duration.ofMinutes(15), length(block));

    String path = "/api/admin/blocks/" + block.path("id").asText();
    assertEquals(204, admin.delete(path).status());
    assertEquals(Optional.empty(), blockOf(admin, address));
    assertEquals(200, login(mallory, "admin", ServerSession.ADMIN_PASSWORD).status());
    assertProblem(404, "not-found", admin.delete(path));
    assertProblem(404, "not-found", admin.delete("/api/admin/blocks/x"));
  }

  @Test
  default void administratorBlocksASource() {
    Person ada = TestUsers.loggedIn(client());
    String address = freshAddress();
    Client admin = administrator(client());

    Client.Reply reply =
        admin.post(
            "/api/admin/blocks",
            Map.of("source", address, "duration", "PT2H", "reason", "seen in <logs>"));

    assertEquals(201, reply.status(), reply::toString);
    JsonNode block = reply.json();
    String path = "/api/admin/blocks/" + block.path("id").asText();
    assertEquals(Optional.of(client().baseUrl() + path), reply.header("Location"));
    assertEquals(address, block.path("source").asText());
    assertFalse(block.path("automatic").asBoolean());
    assertEquals(admin.get("/api/me").json().path("id"), block.path("by"));
    assertEquals("seen in <logs>", block.path("reason").asText());
    assertEquals(Duration.ofHours(2), length(block));
    assertEquals(Optional.of(block), blockOf(admin, address));
    Client blocked = client().from(address);
    assertProblem(429, "blocked", login(blocked, ada.username(), PASSWORD));
    assertEquals(200, ada.client().from(address).get("/api/me").status());
    assertEquals(204, admin.delete(path).status());
    assertEquals(200, login(blocked, ada.username(), PASSWORD).status());
  }

  @Test
  default void administratorBlocksANetworkForTheDefaultTime() {
    Client admin = administrator(client());
    int third = ThreadLocalRandom.current().nextInt(65_536);
    String network = "2001:db8:%x".formatted(third);

    Client.Reply reply = admin.post("/api/admin/blocks", Map.of("source", network + "::/48"));

    assertEquals(201, reply.status(), reply::toString);
    assertEquals(Duration.ofMinutes(15), length(reply.json()));
    assertTrue(reply.json().path("reason").isNull());
    for (String inside : List.of("::1", ":ffff::2")) {
      assertProblem(429, "blocked", refresh(client().from(network + inside), "wrong"));
    }
    admin.delete("/api/admin/blocks/" + reply.json().path("id").asText());
    assertProblem(401, "invalid-refresh-token", refresh(client().from(network + "::1"), "wrong"));
  }

  @ParameterizedTest
  @CsvSource({
    "source, example.org",
    "source, 10.0.0.0/33",
    "source, 10.0.0.0/15",
    "source, 2001:db8::/31",
    "source, 0.0.0.0/0",
    "duration, 15",
    "duration, PT0S",
    "duration, -PT5M",
    "duration, P366D",
  })
  default void wrongBlockIsRefusedByItsField(String field, String value) {
    Map<String, String> body =
        field.equals("source")
            ? Map.of("source", value)
            : Map.of("source", freshAddress(), field, value);

    assertProblem(
        400, "invalid-input", administrator(client()).post("/api/admin/blocks", body), field);
  }

  @Test
  default void nobodyBlocksThemselvesOrWhatIsNeverBlocked() {
    Client admin = administrator(client());
    String address = freshAddress();
    for (String own : List.of(address, address + "/24")) {
      assertProblem(
          409,
          "block-refused",
          admin.from(address).post("/api/admin/blocks", Map.of("source", own)));
    }
    for (String allowed : List.of("127.0.0.1", "127.0.0.0/16", "::1")) {
      assertProblem(
          409, "block-refused", admin.post("/api/admin/blocks", Map.of("source", allowed)));
    }
  }

  @Test
  default void blocksAreForAdministrators() {
    Person ada = TestUsers.loggedIn(client());
    assertTokenMissing(client().get("/api/admin/blocks"));
    assertProblem(403, "forbidden", ada.client().get("/api/admin/blocks"));
    assertProblem(
        403, "forbidden", ada.client().post("/api/admin/blocks", Map.of("source", freshAddress())));
    assertProblem(403, "forbidden", ada.client().delete("/api/admin/blocks/x"));
    for (String query : List.of("limit=0", "limit=101", "after=x")) {
      assertProblem(
          400,
          "invalid-input",
          administrator(client()).get("/api/admin/blocks?" + query),
          query.substring(0, query.indexOf('=')));
    }
  }

  /** What a client puts in front of the trusted proxy's word is the client's own invention. */
  @Test
  default void forgedForwardingHeaderChangesNoSource() {
    String address = freshAddress();
    for (int i = 0; i < 100; i++) {
      refresh(client().from(freshAddress() + ", 127.0.0.1, " + address), "wrong");
    }

    assertProblem(429, "blocked", refresh(client().from(address), "wrong"));
    assertProblem(429, "blocked", refresh(client().from("192.0.2.1, " + address), "wrong"));
    assertEquals(Optional.empty(), blockOf(administrator(client()), "192.0.2.1"));
  }

  @Test
  default void addressesOfOneIpv6NetworkAreOneSource() {
    int random = ThreadLocalRandom.current().nextInt(65_536);
    String network = "2001:db8:fffe:%x".formatted(random);
    for (int i = 0; i < 100; i++) {
      refresh(client().from(network + ":%x::1".formatted(i)), "wrong");
    }

    assertProblem(429, "blocked", refresh(client().from(network + "::abcd"), "wrong"));
    String neighbour = "2001:db8:fffd:%x::1".formatted(random);
    assertProblem(401, "invalid-refresh-token", refresh(client().from(neighbour), "wrong"));
  }

  @Test
  default void strangersCannotLockTheOwnerOutAndCannotGoOnGuessing() {
    Person ada = TestUsers.loggedIn(client());
    Client home = client().from(freshAddress());
    assertEquals(200, login(home, ada.username(), PASSWORD).status());
    Client.Reply wrong = null;
    for (int i = 0; i < 10; i++) {
      wrong = login(client().from(freshAddress()), ada.username(), WRONG);
      assertProblem(401, "invalid-credentials", wrong);
    }

    Client.Reply right = login(client().from(freshAddress()), ada.username(), PASSWORD);

    assertEquals(wrong.status(), right.status(), right::toString);
    assertEquals(wrong.body(), right.body());
    assertEquals(wrong.header("WWW-Authenticate"), right.header("WWW-Authenticate"));
    assertEquals(wrong.header("Retry-After"), right.header("Retry-After"));
    assertEquals(200, login(home, ada.username(), PASSWORD).status(), "at home");
    assertEquals(200, ada.client().get("/api/me").status());
  }

  @Test
  default void knownSourceIsNoLicenceToGuess() {
    Person ada = TestUsers.loggedIn(client());
    Client home = client().from(freshAddress());
    assertEquals(200, login(home, ada.username(), PASSWORD).status());
    for (int i = 0; i < 10; i++) {
      assertEquals(401, login(home, ada.username(), WRONG).status());
    }

    assertProblem(401, "invalid-credentials", login(home, ada.username(), PASSWORD));
    assertEquals(200, login(client(), ada.username(), PASSWORD).status(), "elsewhere");
  }

  private void failedRefreshes(Client client, int times) {
    for (int i = 0; i < times; i++) {
      assertProblem(401, "invalid-refresh-token", refresh(client, "wrong" + i));
    }
  }

  private static Client.Reply changePassword(Client client, String old) {
    return client.post(
        "/api/me/password", Map.of("old_password", old, "new_password", OTHER_PASSWORD));
  }

  private static Optional<JsonNode> blockOf(Client admin, String source) {
    return blocks(admin).stream()
        .filter(block -> block.path("source").asText().equals(source))
        .findFirst();
  }

  private static Duration length(JsonNode block) {
    return Duration.between(
        Instant.parse(block.path("since").asText()), Instant.parse(block.path("until").asText()));
  }

  /** All blocks, page by page. */
  static List<JsonNode> blocks(Client admin) {
    List<JsonNode> blocks = new ArrayList<>();
    String after = "";
    do {
      Client.Reply reply = admin.get("/api/admin/blocks?limit=2" + after);
      assertEquals(200, reply.status(), reply::toString);
      reply.json().path("items").forEach(blocks::add);
      JsonNode next = reply.json().path("next");
      after = next.isNull() ? null : "&after=" + next.asText();
    } while (after != null);
    return blocks;
  }
}

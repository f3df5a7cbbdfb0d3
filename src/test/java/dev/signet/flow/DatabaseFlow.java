package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The database goes away, and comes back. */
interface DatabaseFlow extends Flow {
  Duration RECOVERY = Duration.ofSeconds(10);

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void withoutItsDatabaseSignetStillChecksTokensAndRecovers() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestDatabase.stop();
    try {
      await(RECOVERY, () -> client().get("/api/health/ready").status() == 503);

      assertEquals(200, client().get("/api/health/live").status());
      assertEquals(200, ada.client().get("/api/protected").status());
      assertEquals(200, client().get("/.well-known/jwks.json").status());
      Client.Reply refused =
          assertTimeout(RECOVERY, () -> login(client(), ada.username(), PASSWORD));
      assertProblem(503, "unavailable", refused);
      assertTrue(refused.header("Retry-After").isPresent());
    } finally {
      TestDatabase.start();
    }
    awaitRecovery(ada);
    assertEquals(200, login(client(), ada.username(), PASSWORD).status());
    assertEquals(ada.id(), ada.client().get("/api/me").json().path("id").asText());
  }

  /**
   * WildFly waits 30 seconds for a connection, and a data source of a WAR cannot tell it not to.
   */
  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = "(payara|liberty)-postgresql")
  default void withoutAFreeConnectionRequestsAreRefusedBeforeClientsGiveUp() throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    ExecutorService threads = Executors.newFixedThreadPool(CROWD);
    try (Connection other = TestDatabase.connect();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("lock table users in access exclusive mode");
      List<Future<Client.Reply>> crowd = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        crowd.add(threads.submit(() -> login(client(), ada.username(), PASSWORD)));
      }
      await(RECOVERY, () -> client().get("/api/health/ready").status() == 503);

      assertEquals(200, client().get("/api/health/live").status());
      assertEquals(200, ada.client().get("/api/protected").status());
      for (Future<Client.Reply> reply : crowd) {
        assertProblem(503, "unavailable", reply.get());
      }
      other.rollback();
    } finally {
      threads.shutdownNow();
    }
    awaitRecovery(ada);
    assertEquals(200, login(client(), ada.username(), PASSWORD).status());
  }

  /** After a failover to a standby, whatever was connected meanwhile stays with it. */
  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void readOnlyDatabaseIsUnavailableAndLeftForAWritableOne() throws SQLException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = TestClients.app(TestUsers.administrator(client()), Map.of());
    Visitor visitor = new Visitor(client());
    TestUsers.Tokens tokens = TestUsers.Tokens.of(tokens(visitor, app, ada));
    Visitor other = new Visitor(client());
    Client.Reply loginPage = other.authorize(Visitor.request(app));
    TestDatabase.becomeReadOnly();
    try {
      await(RECOVERY, () -> client().get("/api/health/ready").status() == 503);

      assertEquals(200, client().get("/api/health/live").status());
      assertEquals(200, ada.client().get("/api/protected").status());
      await(RECOVERY, () -> ada.client().get("/api/me").status() == 200); // It is only read.
      assertUnavailable(client(), ada, app, tokens.refresh());
      Visitor.assertPage(
          503, "Temporarily unavailable", other.logIn(loginPage, ada.username(), PASSWORD));
    } finally {
      TestDatabase.becomeWritable();
    }
    awaitRecovery(ada);
    assertEquals(200, visitor.refresh(app, tokens.refresh()).status());
  }

  /** The session ends within the commit, when all statements have succeeded. */
  @OnTwoNodes
  default void commitThatFailsIsUnavailableAndNoStackTrace() throws SQLException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = TestClients.app(TestUsers.administrator(client()), Map.of());
    TestUsers.Tokens tokens = TestUsers.Tokens.of(tokens(new Visitor(client()), app, ada));
    Client node = SecondNode.client();
    login(node, ada.username(), PASSWORD);
    long traces = SecondNode.stackTraces();
    long outages = SecondNode.outages();
    TestDatabase.failCommits("refresh_tokens");
    try {
      assertUnavailable(node, ada, app, tokens.refresh());
      assertEquals(outages + 2, SecondNode.outages(), "one line for each refused request");
      assertUnavailable(client(), ada, app, tokens.refresh());
    } finally {
      TestDatabase.succeedCommits("refresh_tokens");
    }
    awaitRecovery(ada);
    assertEquals(200, login(node, ada.username(), PASSWORD).status());
    assertEquals(200, new Visitor(client()).refresh(app, tokens.refresh()).status());
    assertEquals(traces, SecondNode.stackTraces(), SecondNode::securityLog);
  }

  private static void assertUnavailable(
      Client node, TestUsers.Person person, TestClients app, String refreshToken) {
    assertProblem(503, "unavailable", login(node, person.username(), PASSWORD));
    Client.Reply refused = new Visitor(node).refresh(app, refreshToken);
    assertEquals(503, refused.status(), refused::toString);
    assertEquals("temporarily_unavailable", refused.json().path("error").asText());
    assertTrue(refused.header("Retry-After").isPresent(), refused::toString);
  }

  /** The answer of the token endpoint to a login through the pages. */
  private static Client.Reply tokens(Visitor visitor, TestClients app, TestUsers.Person person) {
    return visitor.redeem(
        app, Visitor.code(visitor.logIn(Visitor.request(app), person.username())));
  }

  /**
   * Awaits that each node that runs succeeds with as many requests at a time as use all of its
   * connections. Dead connections that are left in a pool would fail another test.
   */
  private void awaitRecovery(TestUsers.Person person) {
    Stream.concat(Stream.of(client()), SecondNode.running().stream())
        .forEach(
            node -> {
              await(RECOVERY, () -> node.get("/api/health/ready").status() == 200);
              Client there = person.client().on(node);
              await(RECOVERY, () -> crowd(there).stream().allMatch(r -> r.status() == 200));
            });
  }
}

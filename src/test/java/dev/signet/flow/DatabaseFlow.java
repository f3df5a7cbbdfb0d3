package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The database goes away, and comes back. */
interface DatabaseFlow extends Flow {
  Duration RECOVERY = Duration.ofSeconds(10);

  /** Twice as many requests as a node has connections. */
  int CROWD = 48;

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
    await(RECOVERY, () -> client().get("/api/health/ready").status() == 200);
    await(RECOVERY, () -> login(client(), ada.username(), PASSWORD).status() == 200);
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
    await(RECOVERY, () -> client().get("/api/health/ready").status() == 200);
    await(RECOVERY, () -> login(client(), ada.username(), PASSWORD).status() == 200);
  }
}

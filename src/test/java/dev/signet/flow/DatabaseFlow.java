package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
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
    await(RECOVERY, () -> client().get("/api/health/ready").status() == 200);
    await(RECOVERY, () -> login(client(), ada.username(), PASSWORD).status() == 200);
    assertEquals(ada.id(), ada.client().get("/api/me").json().path("id").asText());
  }
}

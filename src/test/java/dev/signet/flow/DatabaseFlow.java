package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The database goes away, and comes back. */
interface DatabaseFlow extends Flow {
  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void withoutItsDatabaseSignetStillChecksTokensAndRecovers() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestDatabase.stop();
    try {
      await(() -> client().get("/api/health/ready").status() == 503);

      assertEquals(200, client().get("/api/health/live").status());
      assertEquals(200, ada.client().get("/api/protected").status());
      assertEquals(200, client().get("/.well-known/jwks.json").status());
      Client.Reply refused =
          assertTimeout(Duration.ofSeconds(10), () -> login(client(), ada.username(), PASSWORD));
      assertProblem(503, "unavailable", refused);
      assertTrue(refused.header("Retry-After").isPresent());
    } finally {
      TestDatabase.start();
    }
    await(() -> client().get("/api/health/ready").status() == 200);
    await(() -> login(client(), ada.username(), PASSWORD).status() == 200);
    assertEquals(ada.id(), ada.client().get("/api/me").json().path("id").asText());
  }

  /** Asks again and again for ten seconds, which is what is promised. */
  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within ten seconds");
      Thread.onSpinWait();
    }
  }
}

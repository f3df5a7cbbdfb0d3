package dev.signet.flow;

import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.freshName;
import static dev.signet.flow.TestUsers.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** More logins than there is room for. */
interface OverloadFlow extends Flow {
  int AT_ONCE = 256;

  @Test
  default void loginFloodIsBoundedAndHealthAnswers() throws Exception {
    Callable<Client.Reply> attempt = () -> login(client(), freshName(), PASSWORD);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    List<Client.Reply> replies = new ArrayList<>();
    try {
      List<Future<Client.Reply>> flood =
          Collections.nCopies(AT_ONCE, attempt).stream().map(threads::submit).toList();
      assertEquals(200, client().get("/api/health/live").status());
      assertEquals(401, client().withToken("x").get("/api/protected").status());
      for (Future<Client.Reply> reply : flood) {
        replies.add(reply.get());
      }
    } finally {
      threads.shutdownNow();
    }

    for (Client.Reply reply : replies) {
      assertTrue(reply.status() == 401 || reply.status() == 503, reply::toString);
      if (reply.status() == 503) {
        Problems.assertProblem(503, "overloaded", reply);
        assertEquals("1", reply.header("Retry-After").orElse(""));
      }
    }
    assertTrue(replies.stream().anyMatch(reply -> reply.status() == 401));
    assertEquals(200, login(client(), "admin", ServerSession.ADMIN_PASSWORD).status());
  }

  /** A hash says itself how much memory its check takes (RFC 9106, section 3.1). */
  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void storedHashThatNeedsTheWholeHeapIsNotChecked() throws SQLException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestUsers.Person bob = TestUsers.loggedIn(client());
    TestDatabase.execute(
        "update users set password_hash = replace(password_hash, 'm=19456', 'm=1048576')"
            + " where id = '%s'".formatted(ada.id()));
    Callable<Client.Reply> attempt = () -> login(client(), ada.username(), "wrong " + PASSWORD);

    for (Client.Reply reply : atOnce(Collections.nCopies(3, attempt))) {
      Problems.assertProblem(401, "invalid-credentials", reply);
    }

    Problems.assertProblem(401, "invalid-credentials", login(client(), ada.username(), PASSWORD));
    assertEquals(200, login(client(), bob.username(), PASSWORD).status());
    assertEquals(200, client().get("/api/health/ready").status());
  }
}

package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.freshAddress;
import static dev.signet.flow.TestUsers.freshName;
import static dev.signet.flow.TestUsers.login;
import static dev.signet.flow.TestUsers.register;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a Signet with the default database has acknowledged is on disk. */
interface EmbeddedDatabaseFlow extends Flow {
  Duration NOTICED = Duration.ofSeconds(10);

  /** Beyond what the database has: a few registrations. */
  long ROOM = 100_000;

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-h2")
  default void acknowledgedUsersSurviveAFullDiskAndAKill()
      throws IOException, InterruptedException {
    List<String> acknowledged = new ArrayList<>();
    Client node = SecondNode.client();
    TestUsers.Person ada = TestUsers.loggedIn(node);
    acknowledged.add(ada.username());
    assertEveryConnectionWorks(ada);
    long limit = Files.size(SecondNode.database()) + ROOM;
    assumeTrue(SecondNode.limitFiles(Long.toString(limit)), "there is no prlimit");

    String name = freshName();
    Client.Reply reply = register(node.from(freshAddress()), name, PASSWORD);
    while (reply.status() == 201) {
      acknowledged.add(name);
      name = freshName();
      reply = register(node.from(freshAddress()), name, PASSWORD);
    }
    assertProblem(503, "unavailable", reply);
    await(NOTICED, () -> node.get("/api/health/ready").status() == 503);
    assertEquals(200, node.get("/api/health/live").status());

    SecondNode.limitFiles("unlimited");
    await(NOTICED, () -> node.get("/api/health/ready").status() == 200);
    assertEveryConnectionWorks(ada);
    acknowledged.add(registered(node));
    SecondNode.kill();
    Client revived = SecondNode.revive();
    for (String each : acknowledged) {
      assertEquals(200, login(revived.from(freshAddress()), each, PASSWORD).status());
    }
    SecondNode.stop();
  }

  private void assertEveryConnectionWorks(TestUsers.Person person) {
    for (Client.Reply reply : crowd(person.client())) {
      assertEquals(200, reply.status(), reply::toString);
    }
  }

  private static String registered(Client node) {
    String name = freshName();
    Client.Reply reply = register(node.from(freshAddress()), name, PASSWORD);
    assertEquals(201, reply.status(), reply::toString);
    return name;
  }
}

package dev.signet.flow;

import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.freshAddress;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.example.clocks.FastClock;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A node whose clock is wrong goes by the clock of the database. */
interface ClocksFlow extends Flow {
  Duration STARTED = Duration.ofMinutes(4);
  Duration FELT = Duration.ofSeconds(2);

  /** On one server: a start takes long, and no server has a part in this. */
  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = "payara-postgresql")
  default void nodeWhoseClockIsAnHourAheadIsNotReadyAndAgreesWithTheOther() {
    SecondNode.stop();
    Client fast = SecondNode.startWith(warWithFastClock());
    try {
      await(STARTED, () -> isStarted(fast));
      assertEquals(503, fast.get("/api/health/ready").status());
      assertEquals(200, client().get("/api/health/ready").status());

      TestUsers.Person ada = TestUsers.loggedIn(fast);
      assertEquals(200, ada.client().on(client()).get("/api/me").status());
      TestUsers.Person bob = TestUsers.loggedIn(client());
      Client there = bob.client().on(fast);
      assertEquals(200, there.get("/api/me").status());

      String refresh = TestUsers.tokens(client(), bob).refresh();
      TestUsers.Tokens next = TestUsers.Tokens.of(TestUsers.refresh(fast, refresh));
      assertEquals(200, TestUsers.refresh(client(), next.refresh()).status());
      assertEquals(401, TestUsers.refresh(fast.from(freshAddress()), refresh).status());

      Client.Reply logout = there.send(there.request("/api/logout").POST(BodyPublishers.noBody()));
      assertEquals(204, logout.status());
      await(FELT, () -> bob.client().get("/api/protected").status() == 401);
      assertEquals(200, TestUsers.login(client(), bob.username(), PASSWORD).status());
      assertTrue(SecondNode.securityLog().contains("ahead of the clock of the database"));
    } finally {
      SecondNode.stop();
    }
  }

  private static Path warWithFastClock() {
    Path war = Path.of(System.getProperty(ServerSession.DIRECTORY), "fast.war");
    Deployed.signet()
        .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "clock.jar").addClass(FastClock.class))
        .as(ZipExporter.class)
        .exportTo(war.toFile(), true);
    return war;
  }

  private static boolean isStarted(Client node) {
    try {
      return node.get("/api/health/started").status() == 200;
    } catch (UncheckedIOException e) {
      return false; // It does not listen yet.
    }
  }
}

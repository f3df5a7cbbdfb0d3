package dev.signet.endpoint.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TestClock;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.database.ClockCheck;
import dev.signet.domain.database.Database;
import dev.signet.domain.database.DatabaseClock;
import dev.signet.domain.database.NodeClock;
import dev.signet.domain.database.Store;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadinessTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final DataSource store = Store.memory().database();
  private Callable<Connection> opening = store::getConnection;
  private final MachineClock node = new MachineClock();
  private int asked;
  private final Readiness readiness = readiness();

  @Test
  void readyWhenTheDatabaseAnswers() {
    assertTrue(readiness.isReady());
  }

  @Test
  void notReadyWhenTheDatabaseDoesNotAnswer() {
    opening = ReadinessTest::refuse;

    assertFalse(readiness.isReady());
  }

  @Test
  void notReadyWhenTheConnectionIsDead() {
    opening =
        () -> {
          Connection connection = store.getConnection();
          connection.close();
          return connection;
        };

    assertFalse(readiness.isReady());
  }

  @Test
  void databaseIsAskedAtMostOnceASecond() {
    for (int i = 0; i < 1000; i++) {
      assertTrue(readiness.isReady());
      clock.advance(Duration.ofNanos(999_999));
    }
    assertEquals(1, asked);

    clock.advance(Duration.ofSeconds(1));
    assertTrue(readiness.isReady());
    assertEquals(2, asked);
  }

  @Test
  void notReadyWhenTheClockOfThisNodeIsWrong() {
    node.ahead = Duration.ofHours(1);
    assertFalse(readiness.isReady());

    node.ahead = Duration.ZERO;
    assertTrue(readiness.isReady());
  }

  @Test
  void clockThatStepsBackKeepsNoOldAnswer() {
    assertTrue(readiness.isReady());
    opening = ReadinessTest::refuse;

    clock.advance(Duration.ofHours(-1));
    assertFalse(readiness.isReady());
  }

  /** A dead database is not asked more often than a live one. */
  @Test
  void badAnswerIsKeptForASecondToo() {
    opening = ReadinessTest::refuse;
    assertFalse(readiness.isReady());
    opening = store::getConnection;

    clock.advance(Duration.ofMillis(999));
    assertFalse(readiness.isReady());
    assertEquals(1, asked);

    clock.advance(Duration.ofMillis(1));
    assertTrue(readiness.isReady());
    assertEquals(2, asked);
  }

  @Test
  void databaseThatGoesIsNoticedWithinASecond() {
    assertTrue(readiness.isReady());
    opening = ReadinessTest::refuse;

    clock.advance(Duration.ofSeconds(1));
    assertFalse(readiness.isReady());
  }

  @Test
  void probesDoNotWaitForASlowDatabase() throws Exception {
    assertTrue(readiness.isReady());
    clock.advance(Duration.ofSeconds(1));
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch ending = new CountDownLatch(1);
    opening =
        () -> {
          slow.countDown();
          ending.await();
          return refuse();
        };
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> asking = threads.submit(readiness::isReady);
      slow.await();

      // What was true before; were it to wait, the test would time out.
      assertTrue(readiness.isReady());
      assertEquals(2, asked);

      ending.countDown();
      assertFalse(asking.get());
      assertFalse(readiness.isReady());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void faultOfTheDataSourceDoesNotStopTheAsking() {
    opening =
        () -> {
          throw new IllegalStateException("the pool is closed");
        };
    assertThrows(IllegalStateException.class, readiness::isReady);
    opening = store::getConnection;

    assertTrue(readiness.isReady());
  }

  @Test
  void notReadyWhenTheDatabaseTakesNoWrites(@TempDir Path directory) throws Exception {
    Store.h2(directory).close();
    JdbcDataSource readOnly = new JdbcDataSource();
    readOnly.setURL("jdbc:h2:file:" + directory.resolve("signet") + ";ACCESS_MODE_DATA=r");
    opening = readOnly::getConnection;
    try (Connection connection = readOnly.getConnection()) {
      assertTrue(connection.isValid(1)); // A read-only database answers.

      assertFalse(readiness.isReady());
    }
  }

  /** H2 keeps the time-out of a statement for its whole connection, which is pooled. */
  @Test
  void askingLeavesNoTimeOutBehind() throws Exception {
    try (Connection pooled = store.getConnection()) {
      opening = () -> kept(pooled);

      assertTrue(readiness.isReady());

      try (Statement statement = pooled.createStatement()) {
        assertEquals(0, statement.getQueryTimeout());
      }
    }
  }

  /** As a pool hands it out. */
  private static Connection kept(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            ReadinessTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) ->
                method.getName().equals("close") ? null : method.invoke(connection, arguments));
  }

  private Readiness readiness() {
    DataSource counting =
        (DataSource)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  assertEquals("getConnection", method.getName());
                  asked++;
                  return opening.call();
                });
    Database database = TestWiring.make(Database.class, counting);
    DatabaseClock right = new DatabaseClock(node);
    return new Readiness(
        database,
        TestWiring.make(ClockCheck.class, database, right, Settings.read(key -> Optional.empty())),
        clock);
  }

  private static final class MachineClock extends NodeClock {
    private Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
      return super.instant().plus(ahead);
    }
  }

  private static Connection refuse() throws SQLException {
    throw new SQLException("connection refused", "08001");
  }
}

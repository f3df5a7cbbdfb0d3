package dev.signet.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Leases} promises on every database. */
public abstract class LeasesContract {
  private static EntityManagerFactory factory;
  private static DataSource database;

  protected static void useDatabase(DataSource dataSource) {
    database = dataSource;
    Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").load().migrate();
    factory =
        Persistence.createEntityManagerFactory(
            "signet-test", Map.of("jakarta.persistence.nonJtaDataSource", dataSource));
  }

  protected static void closeEntities() {
    factory.close();
  }

  @BeforeEach
  void nobodyHasIt() throws SQLException {
    expire();
  }

  @Test
  void leaseIsOneNodesUntilItEnds() throws SQLException {
    assertTrue(take("ada"));
    assertFalse(take("bob"));
    assertTrue(take("ada"), "kept by who has it");

    expire();

    assertTrue(take("bob"));
    assertFalse(take("ada"));
  }

  @Test
  void leaseThatDoesNotExistIsNobodys() {
    boolean taken = inTransaction(leases -> leases.take("other", "ada"));

    assertFalse(taken);
  }

  @Test
  void ofSimultaneousTakersOneGetsIt() throws Exception {
    int count = 8;
    CountDownLatch together = new CountDownLatch(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Callable<Boolean>> takers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String node = "node-" + i;
        takers.add(
            () -> {
              together.countDown();
              together.await();
              return take(node);
            });
      }
      int taken = 0;
      for (Future<Boolean> taker : threads.invokeAll(takers)) {
        taken += taker.get() ? 1 : 0;
      }
      assertEquals(1, taken);
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean take(String node) {
    return inTransaction(leases -> leases.take("purge", node));
  }

  private static void expire() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("update leases set held_until = current_timestamp");
    }
  }

  private static <T> T inTransaction(Function<Leases, T> work) {
    try (EntityManager entities = factory.createEntityManager()) {
      entities.getTransaction().begin();
      try {
        T result = work.apply(new Leases(entities));
        entities.getTransaction().commit();
        return result;
      } finally {
        if (entities.getTransaction().isActive()) {
          entities.getTransaction().rollback();
        }
      }
    }
  }
}

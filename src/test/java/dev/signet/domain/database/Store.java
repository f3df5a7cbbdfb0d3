package dev.signet.domain.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;

/** A migrated database and its entities, for what the domain promises on every database. */
public final class Store implements AutoCloseable {
  private final DataSource database;
  private final EntityManagerFactory factory;

  private Store(DataSource database) {
    this.database = database;
    Flyway.configure().dataSource(database).locations("classpath:db/migration").load().migrate();
    factory =
        Persistence.createEntityManagerFactory(
            "signet-test", Map.of("jakarta.persistence.nonJtaDataSource", database));
  }

  /** H2 that ends with the tests. */
  public static Store memory() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return new Store(h2);
  }

  /** The embedded H2, in files. */
  public static Store h2(Path directory) {
    return new Store(file(directory.resolve("signet")));
  }

  /** An empty H2, in a file of that name. */
  static DataSource file(Path file) {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:file:" + file + ";DB_CLOSE_DELAY=0;LOCK_TIMEOUT=10000");
    return h2;
  }

  /** A real PostgreSQL. */
  public static Store postgres() throws IOException {
    return new Store(TestPostgres.empty());
  }

  /** For what is asked in plain SQL. */
  public DataSource database() {
    return database;
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  public int count(String fromWhere) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + fromWhere)) {
      row.next();
      return row.getInt(1);
    }
  }

  /** What a method of an EJB does. */
  public <T> T inTransaction(Function<EntityManager, T> work) {
    try (EntityManager entities = factory.createEntityManager()) {
      entities.getTransaction().begin();
      try {
        T result = work.apply(entities);
        entities.getTransaction().commit();
        return result;
      } finally {
        if (entities.getTransaction().isActive()) {
          entities.getTransaction().rollback();
        }
      }
    }
  }

  /** Does it many times at the same moment. */
  public static <T> List<T> atOnce(int times, Callable<T> attempt) throws Exception {
    CountDownLatch together = new CountDownLatch(times);
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      List<Callable<T>> attempts = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        attempts.add(
            () -> {
              together.countDown();
              together.await();
              return attempt.call();
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(attempts)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public void close() {
    factory.close();
  }
}

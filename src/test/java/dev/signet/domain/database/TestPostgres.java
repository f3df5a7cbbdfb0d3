package dev.signet.domain.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL: for one test class as a registered extension, or for all contracts. */
public final class TestPostgres implements BeforeAllCallback, AfterAllCallback {
  private EmbeddedPostgres server;

  /** One for all contracts of this JVM, and ends with it; each has databases of its own. */
  private static EmbeddedPostgres shared;

  private static int databases;

  /** An empty database. */
  static synchronized DataSource empty() throws IOException {
    if (shared == null) {
      shared = start();
    }
    String name = "empty" + ++databases;
    try (Connection connection = shared.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return shared.getDatabase("postgres", name);
  }

  private static EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2)).start();
  }

  public EmbeddedPostgres server() {
    return server;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    server = start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    server.close();
  }
}

package dev.signet.persistence;

import dev.signet.domain.database.MigrationsContract;
import dev.signet.domain.database.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Upgrades of a real PostgreSQL. */
class PostgresMigrationsIT extends MigrationsContract {
  @RegisterExtension private static final TestPostgres POSTGRES = new TestPostgres();
  private static int databases;

  @Override
  protected DataSource empty() throws SQLException {
    String name = "empty" + ++databases;
    try (Connection connection = POSTGRES.server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return POSTGRES.server().getDatabase("postgres", name);
  }
}

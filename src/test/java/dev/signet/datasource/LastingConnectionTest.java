package dev.signet.datasource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastingConnectionTest {
  private static EmbeddedPostgres postgres;

  private Connection connection;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2)).start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void open() throws SQLException {
    connection = LastingConnection.open(new PostgresqlSessions(postgres.getPostgresDatabase()));
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void outlivesItsSession() throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
    endSession();
    assertThrows(SQLException.class, this::session);
    session();
    assertEquals(Connection.TRANSACTION_SERIALIZABLE, connection.getTransactionIsolation());
    assertFalse(connection.isClosed());
  }

  @Test
  void endsWithItsSessionInsideTransaction() throws SQLException {
    connection.setAutoCommit(false);
    endSession();
    assertThrows(SQLException.class, this::session);
    assertThrows(SQLException.class, this::session);
    assertThrows(SQLException.class, connection::commit);
    session();
    assertFalse(connection.getAutoCommit());
    connection.rollback();
  }

  @Test
  void rollsBackWhatTheDatabaseHasRolledBack() throws SQLException {
    connection.setAutoCommit(false);
    endSession();
    assertThrows(SQLException.class, this::session);
    connection.rollback();
    session();
    connection.rollback();
  }

  /** What an administrator or a restart does, seen from the database. */
  private void endSession() throws SQLException {
    int session = session();
    try (Connection administrator = postgres.getPostgresDatabase().getConnection();
        Statement statement = administrator.createStatement()) {
      statement.execute("select pg_terminate_backend(" + session + ", 5000)");
    }
  }

  private int session() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }
}

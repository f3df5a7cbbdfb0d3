package dev.signet.datasource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.domain.database.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LastingConnectionTest {
  @RegisterExtension private static final TestPostgres POSTGRES = new TestPostgres();

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection =
        LastingConnection.open(
            new PostgresqlSessions(POSTGRES.server().getPostgresDatabase(), true));
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
  void sessionIsAskedBeforeItsUseWhenAnotherWasFoundDead() throws SQLException {
    Sessions sessions = sessions(0);
    try (Connection first = LastingConnection.open(sessions);
        Connection second = LastingConnection.open(sessions)) {
      endSession(first);
      endSession(second);
      assertThrows(SQLException.class, () -> session(first));
      session(first);

      session(second);
    }
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

  /** As in a failover: what was opened while the database was read-only does not stay so. */
  @Test
  void leavesReadOnlySessionWhenThereIsAWritableOne() throws Exception {
    administer("alter database postgres set default_transaction_read_only = on");
    try (Connection standby = LastingConnection.open(sessions(0))) {
      assertReadOnly(standby);
      assertReadOnly(standby); // The next session is the same.

      administer("set transaction read write; alter database postgres reset all");

      write(standby);
    } finally {
      administer("set transaction read write; alter database postgres reset all");
    }
  }

  @Test
  void keepsReadOnlySessionForAWhileAndInsideTransaction() throws SQLException {
    administer("alter database postgres set default_transaction_read_only = on");
    try (Connection standby = LastingConnection.open(sessions(TimeUnit.MINUTES.toNanos(5)));
        Connection working = LastingConnection.open(sessions(0))) {
      int session = session(standby);
      assertEquals(session, session(standby));
      working.setAutoCommit(false);
      session = session(working);
      assertEquals(session, session(working));
    } finally {
      administer("set transaction read write; alter database postgres reset all");
    }
  }

  private static Sessions sessions(long standbyNanos) {
    return new PostgresqlSessions(POSTGRES.server().getPostgresDatabase(), true, standbyNanos);
  }

  private static void assertReadOnly(Connection connection) {
    SQLException fault = assertThrows(SQLException.class, () -> write(connection));
    assertEquals("25006", fault.getSQLState());
  }

  private static void write(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table if not exists written (id integer)");
    }
  }

  private static void administer(String sql) throws SQLException {
    try (Connection administrator = POSTGRES.server().getPostgresDatabase().getConnection();
        Statement statement = administrator.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What an administrator or a restart does, seen from the database. */
  private static void endSession(Connection connection) throws SQLException {
    administer("select pg_terminate_backend(" + session(connection) + ", 5000)");
  }

  private void endSession() throws SQLException {
    endSession(connection);
  }

  private int session() throws SQLException {
    return session(connection);
  }

  private static int session(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }
}

package dev.signet.datasource;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Detects a connection pooler between Signet and PostgreSQL, such as PgBouncer. If it changes the
 * session with each transaction, statements that the driver has prepared are missing in the new
 * session, and others exist there (SQLSTATE 26000 and 42P05).
 */
final class Pooler {
  private static final Logger LOG = System.getLogger(Pooler.class.getName());
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private Pooler() {}

  /** Opens a session. Behind a pooler, it does not prepare statements on the server. */
  static Connection open(DataSource driver) throws SQLException {
    Connection session = driver.getConnection();
    try {
      respect(session);
      return session;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  /** Detects a pooler, which reports a process of its own when a connection opens. */
  private static void respect(Connection session) throws SQLException {
    PGConnection postgresql = session.unwrap(PGConnection.class);
    if (process(session) != postgresql.getBackendPID()) {
      postgresql.setPrepareThreshold(0);
      if (TOLD.compareAndSet(false, true)) {
        LOG.log(
            Level.INFO,
            "A connection pooler sits in front of PostgreSQL, so statements are not"
                + " prepared on the server. If the pooler supports prepared statements, set"
                + " prepareThreshold in {0}.",
            SignetDataSource.URL);
      }
    }
  }

  private static int process(Connection session) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }
}

package dev.signet.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Sessions of a server that may restart at any time. */
final class PostgresqlSessions implements Sessions {
  /** How long a session is believed to be alive after its last use. */
  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int ANSWER_SECONDS = 2;

  private final DataSource driver;

  PostgresqlSessions(DataSource driver) {
    this.driver = driver;
  }

  @Override
  public Connection open() throws SQLException {
    return driver.getConnection();
  }

  @Override
  public boolean isDead(Connection session) throws SQLException {
    return session.isClosed();
  }

  @Override
  public boolean isUsable(Connection session, long idleNanos) throws SQLException {
    return idleNanos < TRUSTED_NANOS || session.isValid(ANSWER_SECONDS);
  }

  @Override
  public void commit(Connection session) throws SQLException {
    session
        .commit(); // PostgreSQL writes to disk first, unless its administrator decided otherwise.
  }
}

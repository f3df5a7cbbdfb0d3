package dev.signet.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Sessions of a PostgreSQL server, which may restart or become a standby at any time. */
final class PostgresqlSessions implements Sessions {
  /**
   * How long a session is assumed to be alive after its last use, unless a different session was
   * found dead since then: a restart of the database ends all sessions.
   */
  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int ANSWER_SECONDS = 2;

  /**
   * How long a read-only session is kept: while there is no primary, a new session would be
   * read-only, too.
   */
  private static final long STANDBY_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Parameters that PostgreSQL 14 and later report; the first one indicates a standby. */
  private static final List<String> READ_ONLY =
      List.of("in_hot_standby", "default_transaction_read_only");

  private final DataSource driver;
  private final boolean prepares;
  private final long standbyNanos;

  /** When a session was last found dead, in {@link System#nanoTime}. */
  private volatile long deathFound = System.nanoTime() - TRUSTED_NANOS;

  /**
   * Creates sessions of a driver.
   *
   * @param prepares whether they prepare statements on the server, even behind a pooler
   */
  PostgresqlSessions(DataSource driver, boolean prepares) {
    this(driver, prepares, STANDBY_NANOS);
  }

  /** For tests of a database that is read-only. */
  PostgresqlSessions(DataSource driver, boolean prepares, long standbyNanos) {
    this.driver = driver;
    this.prepares = prepares;
    this.standbyNanos = standbyNanos;
  }

  @Override
  public Connection open() throws SQLException {
    return prepares ? driver.getConnection() : Pooler.open(driver);
  }

  @Override
  public boolean isDead(Connection session) throws SQLException {
    return noted(session.isClosed());
  }

  @Override
  public boolean isUsable(Connection session, long idleNanos) throws SQLException {
    boolean usedSinceDeath = idleNanos < System.nanoTime() - deathFound;
    boolean trusted = usedSinceDeath && idleNanos < TRUSTED_NANOS;
    return trusted || !noted(!session.isValid(ANSWER_SECONDS));
  }

  private boolean noted(boolean dead) {
    if (dead) {
      deathFound = System.nanoTime();
    }
    return dead;
  }

  /** Reads the state that the database has reported to the driver, without a query. */
  @Override
  public boolean isWorthKeeping(Connection session, long ageNanos) throws SQLException {
    PGConnection postgresql = session.unwrap(PGConnection.class);
    return ageNanos < standbyNanos
        || READ_ONLY.stream().noneMatch(name -> "on".equals(postgresql.getParameterStatus(name)));
  }

  @Override
  public void commit(Connection session) throws SQLException {
    // PostgreSQL writes to disk before it responds, unless its administrator configured otherwise.
    session.commit();
  }
}

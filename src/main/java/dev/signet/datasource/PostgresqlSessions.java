package dev.signet.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Sessions of a server that may restart, or become a standby, at any time. */
final class PostgresqlSessions implements Sessions {
  /**
   * How long a session is believed to be alive after its last use, unless another one has been
   * found dead since: a restart of the database ends all.
   */
  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int ANSWER_SECONDS = 2;

  /** A read-only session is kept for this time: while there is no primary, the next is the same. */
  private static final long STANDBY_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** What PostgreSQL 14 and later report by themselves; the first says that it is a standby. */
  private static final List<String> READ_ONLY =
      List.of("in_hot_standby", "default_transaction_read_only");

  private final DataSource driver;
  private final boolean prepares;
  private final long standbyNanos;

  /** When a session was last found dead, on the clock of {@link System#nanoTime}. */
  private volatile long deathFound = System.nanoTime() - TRUSTED_NANOS;

  /**
   * Sessions of a driver.
   *
   * @param prepares whether they prepare statements on the server, also behind a pooler
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

  /** Asks the driver, which the database has told, and not the database. */
  @Override
  public boolean isWorthKeeping(Connection session, long ageNanos) throws SQLException {
    PGConnection postgresql = session.unwrap(PGConnection.class);
    return ageNanos < standbyNanos
        || READ_ONLY.stream().noneMatch(name -> "on".equals(postgresql.getParameterStatus(name)));
  }

  @Override
  public void commit(Connection session) throws SQLException {
    // PostgreSQL writes to disk first, unless its administrator decided otherwise.
    session.commit();
  }
}

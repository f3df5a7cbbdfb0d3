package dev.signet.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Sessions of H2. An embedded H2 commits in memory and writes some hundred milliseconds later, so
 * here a commit that changed something returns only after {@code CHECKPOINT SYNC}. A write that
 * fails, such as on a full disk, makes H2 close the database with all its sessions; the next
 * session opens it again, from what is on disk.
 */
final class H2Sessions implements Sessions {
  /** SQLSTATE of a connection that failed during the commit: the outcome is unknown. */
  private static final String UNKNOWN_OUTCOME = "08007";

  /** The open sessions of all data sources of this deployment, which may use the same file. */
  private static final Set<Connection> OPEN = Collections.newSetFromMap(new WeakHashMap<>());

  private final JdbcDataSource driver;
  private final Optional<EmbeddedFile> file;

  H2Sessions(JdbcDataSource driver) {
    this.driver = driver;
    this.file = EmbeddedFile.of(driver.getURL());
  }

  /** Opens sessions one at a time, so that the first one recovers the file. */
  @Override
  public Connection open() throws SQLException {
    synchronized (OPEN) {
      if (file.isPresent() && !isInUse()) {
        file.get().recover();
      }
      Connection session = driver.getConnection();
      OPEN.add(session);
      return session;
    }
  }

  private boolean isInUse() throws SQLException {
    for (Connection session : OPEN) {
      if (!isDead(session)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isDead(Connection session) throws SQLException {
    return session.isClosed()
        || local(session)
            .filter(local -> local.getDatabase().getStore().getMvStore().isClosed())
            .isPresent();
  }

  @Override
  public boolean isUsable(Connection session, long idleNanos) {
    return true;
  }

  @Override
  public boolean isWorthKeeping(Connection session, long ageNanos) {
    return true;
  }

  @Override
  public void commit(Connection session) throws SQLException {
    boolean writes = local(session).filter(SessionLocal::hasPendingTransaction).isPresent();
    try {
      session.commit();
      if (writes) {
        try (Statement statement = session.createStatement()) {
          statement.execute("checkpoint sync");
        }
      }
    } catch (SQLException e) {
      throw isDead(session)
          ? new SQLNonTransientConnectionException(
              "The embedded database cannot write to disk", UNKNOWN_OUTCOME, e)
          : e;
    }
  }

  /**
   * Returns the local session; empty if the database is on a server, whose configuration decides
   * when it writes.
   */
  private static Optional<SessionLocal> local(Connection session) throws SQLException {
    return session.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal local
        ? Optional.of(local)
        : Optional.empty();
  }
}

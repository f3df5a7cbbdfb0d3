package dev.signet.datasource;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens, commits and checks the sessions of one kind of database, for {@link LastingConnection}.
 */
interface Sessions {
  /** Opens a session. */
  Connection open() throws SQLException;

  /** Whether the database has ended a session. Uses only the driver, without a query. */
  boolean isDead(Connection session) throws SQLException;

  /**
   * Whether a live session can be used for the next transaction.
   *
   * @param idleNanos how long ago it was used
   */
  boolean isUsable(Connection session, long idleNanos) throws SQLException;

  /**
   * Whether a session is worth keeping, because a new one would be no better.
   *
   * @param ageNanos how long ago it was opened
   */
  boolean isWorthKeeping(Connection session, long ageNanos) throws SQLException;

  /** Commits, and returns when the changes are on disk. */
  void commit(Connection session) throws SQLException;
}

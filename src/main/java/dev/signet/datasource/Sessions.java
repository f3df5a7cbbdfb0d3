package dev.signet.datasource;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * How the sessions of one kind of database begin, commit and end, for {@link LastingConnection}.
 */
interface Sessions {
  /** Opens a session. */
  Connection open() throws SQLException;

  /** Whether the database has ended a session. Asks the driver only, not the database. */
  boolean isDead(Connection session) throws SQLException;

  /**
   * Whether a live session is fit for the next transaction.
   *
   * @param idleNanos how long ago it was used
   */
  boolean isUsable(Connection session, long idleNanos) throws SQLException;

  /**
   * Whether a session is no worse than the next one could be.
   *
   * @param ageNanos how long ago it was opened
   */
  boolean isWorthKeeping(Connection session, long ageNanos) throws SQLException;

  /** Commits, and returns when what was committed is on disk. */
  void commit(Connection session) throws SQLException;
}

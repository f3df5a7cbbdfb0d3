package dev.signet.domain.database;

import dev.signet.base.wiring.Shared;
import jakarta.annotation.Resource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;

/** Checks whether the database is available, and classifies its errors, for H2 and PostgreSQL. */
@Shared
public class Database {
  /** The JNDI name that all servers resolve. */
  public static final String NAME = "java:app/jdbc/signet";

  private static final Logger LOG = System.getLogger(Database.class.getName());
  private static final int ANSWER_SECONDS = 2;

  /**
   * A standby, or a database with a full disk, still answers a read: only a write shows whether the
   * database works.
   */
  private static final String WRITE =
      "update leases set held_until = current_timestamp where name = 'ready'";

  /** Prefixes of SQLSTATE values; those that start with 90 are from H2. */
  private static final List<String> UNAVAILABLE =
      List.of(
          "08", // connection exception
          "25006", // read-only transaction, as on a standby
          "40", // rolled back: a deadlock, or a conflict with a standby's recovery
          "53", // insufficient resources
          "55P03", // lock not available
          "57", // ended by an administrator, a time-out or a shutdown
          "58", // system error, such as of a disk
          "90028", // file that cannot be read or written, like the next
          "90031", "90067", // broken connection
          "90097", // read-only database
          "90098", // closed database, such as after a write that failed
          "90121"); // database that closes

  @Resource(lookup = NAME)
  private DataSource dataSource;

  /** Whether the database accepts a write, which every login and refresh needs. */
  public boolean takesWrites() {
    try (Connection connection = dataSource.getConnection()) {
      if (!connection.isValid(ANSWER_SECONDS)) {
        return false;
      }
      write(connection);
      return true;
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "The database does not accept writes: {0}", e.getMessage());
      return false;
    }
  }

  /**
   * The time of the database.
   *
   * @param error the maximum error, due to the duration of the query
   */
  record Time(Instant now, Duration error) {}

  /**
   * Returns the time. Do not call it within a transaction, in which the time is that of its start.
   */
  Time time() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement question = connection.prepareStatement("select current_timestamp")) {
      long asked = System.nanoTime();
      try (ResultSet row = question.executeQuery()) {
        row.next();
        Duration half = Duration.ofNanos((System.nanoTime() - asked) / 2);
        return new Time(row.getObject(1, OffsetDateTime.class).toInstant().plus(half), half);
      }
    }
  }

  /** Commits, because an embedded database writes to its disk only then. */
  private static void write(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(ANSWER_SECONDS);
      try {
        statement.executeUpdate(WRITE);
      } finally {
        statement.setQueryTimeout(0); // H2 keeps this setting for the connection, which is pooled.
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /**
   * Whether an error is a temporary failure of the database: it cannot be reached, accepts no
   * writes, has no space, or could not commit.
   */
  public static boolean isUnavailable(Throwable error) {
    return causes(error)
        .anyMatch(
            cause ->
                cause instanceof SQLException sql
                    ? isUnavailable(sql)
                    : isOfThePool(cause) || isOfTheCommit(cause) || isOfTheDisk(cause));
  }

  private static boolean isUnavailable(SQLException error) {
    String state = Objects.requireNonNullElse(error.getSQLState(), "");
    return error instanceof SQLTransientException
        || error instanceof SQLRecoverableException
        || error instanceof SQLNonTransientConnectionException
        || UNAVAILABLE.stream().anyMatch(state::startsWith);
  }

  /**
   * Whether the pool could not provide a connection: the type of the exception is the container's
   * own.
   */
  private static boolean isOfThePool(Throwable cause) {
    String type = cause.getClass().getName();
    return type.contains("ResourceException") || type.contains("PoolingException");
  }

  /** Whether a write of the embedded database failed, regardless of the statement. */
  private static boolean isOfTheDisk(Throwable cause) {
    return cause.getClass().getName().equals("org.h2.mvstore.MVStoreException");
  }

  /**
   * Whether a commit failed between the container and the database (Jakarta Transactions 2.0,
   * section 3.2.3). A rollback with a cause is classified by its cause.
   */
  private static boolean isOfTheCommit(Throwable cause) {
    String type = cause.getClass().getName();
    return cause instanceof XAException
        || (type.startsWith("jakarta.transaction.")
            && (!type.endsWith(".RollbackException") || cause.getCause() == null));
  }

  /**
   * Returns the violated unique constraint, in lower case; empty for other errors. SQLSTATE 23505
   * in both databases.
   */
  public static Optional<String> violatedConstraint(Throwable error) {
    return sqlErrors(error)
        .filter(sql -> "23505".equals(sql.getSQLState()))
        .map(sql -> sql.getMessage().toLowerCase(Locale.ROOT))
        .findFirst();
  }

  /**
   * Whether a foreign key is violated, because the referenced row was just deleted. SQLSTATE 23503
   * in PostgreSQL, 23506 in H2.
   */
  public static boolean isDangling(Throwable error) {
    return sqlErrors(error)
        .anyMatch(sql -> "23503".equals(sql.getSQLState()) || "23506".equals(sql.getSQLState()));
  }

  private static Stream<SQLException> sqlErrors(Throwable error) {
    return causes(error).filter(SQLException.class::isInstance).map(SQLException.class::cast);
  }

  private static Stream<Throwable> causes(Throwable error) {
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause);
  }
}

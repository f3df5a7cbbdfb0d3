package dev.signet.database;

import dev.signet.wiring.Shared;
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
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Whether the database answers, and what its errors mean; the same for H2 and PostgreSQL. */
@Shared
public class Database {
  /** The JNDI name that all servers resolve. */
  public static final String NAME = "java:app/jdbc/signet";

  private static final Logger LOG = System.getLogger(Database.class.getName());
  private static final int ANSWER_SECONDS = 2;

  @Resource(lookup = NAME)
  private DataSource dataSource;

  /** Asks for a connection that works. */
  public boolean answers() {
    try (Connection connection = dataSource.getConnection()) {
      return connection.isValid(ANSWER_SECONDS);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "The database does not answer: {0}", e.getMessage());
      return false;
    }
  }

  /**
   * The time by the clock of the database.
   *
   * @param error how far it may be off, because the answer took some time
   */
  record Time(Instant now, Duration error) {}

  /** Asks for the time. Not within a transaction, whose beginning it would be. */
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

  /** Whether an error means that the database could not be reached or has no room now. */
  public static boolean isUnavailable(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && isUnavailable(sql)) {
        return true;
      }
      // A pool that cannot hand out a connection: the type is the container's own.
      if (cause.getClass().getName().contains("ResourceException")
          || cause.getClass().getName().contains("PoolingException")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnavailable(SQLException error) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    return error instanceof SQLTransientException
        || error instanceof SQLRecoverableException
        || error instanceof SQLNonTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P")
        || state.startsWith("9006")
        || state.startsWith("9012");
  }

  /**
   * The unique constraint that an error is about, in lower case, or empty if it is about something
   * else. SQLSTATE 23505 in both databases.
   */
  public static Optional<String> violatedConstraint(Throwable error) {
    return sqlErrors(error)
        .filter(sql -> "23505".equals(sql.getSQLState()))
        .map(sql -> sql.getMessage().toLowerCase(Locale.ROOT))
        .findFirst();
  }

  /** Whether what a row refers to has just gone. SQLSTATE 23503 in PostgreSQL, 23506 in H2. */
  public static boolean isDangling(Throwable error) {
    return sqlErrors(error)
        .anyMatch(sql -> "23503".equals(sql.getSQLState()) || "23506".equals(sql.getSQLState()));
  }

  private static Stream<SQLException> sqlErrors(Throwable error) {
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast);
  }
}

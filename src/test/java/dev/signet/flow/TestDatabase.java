package dev.signet.flow;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The PostgreSQL of the server under test, which a flow may stop and start again. */
final class TestDatabase {
  private static Path directory;
  private static int port;
  private static EmbeddedPostgres postgres;

  private TestDatabase() {}

  /** Makes the database and returns its URL. */
  static String create(Path where) throws IOException, SQLException {
    directory = where;
    start();
    port = postgres.getPort();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role signet login password 'signet'");
      statement.execute("create database signet owner signet");
    }
    return "jdbc:postgresql://localhost:" + port + "/signet";
  }

  static Connection connect() throws SQLException {
    return postgres.getDatabase("signet", "signet").getConnection();
  }

  /** Changes what is stored, for what cannot be waited for. */
  static void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Reads one value, as text. */
  static String text(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getString(1);
    }
  }

  /** Makes it read-only, like a standby, for all new connections, and closes the existing ones. */
  static void becomeReadOnly() throws SQLException {
    execute("alter database signet set default_transaction_read_only = on");
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = 'signet' and pid <> pg_backend_pid()");
  }

  /** Only for those who connect from now on. */
  static void becomeWritable() throws SQLException {
    execute(
        "set transaction read write; alter database signet reset default_transaction_read_only");
  }

  /** Lets the session end while it commits what it has written into a table. */
  static void failCommits(String table) throws SQLException {
    execute(
        "create function end_session() returns trigger language plpgsql as"
            + " 'begin perform pg_terminate_backend(pg_backend_pid(), 5000); return null; end';"
            + "create constraint trigger end_session after insert or update on %s".formatted(table)
            + " deferrable initially deferred for each row execute function end_session()");
  }

  static void succeedCommits(String table) throws SQLException {
    execute("drop trigger end_session on %s; drop function end_session()".formatted(table));
  }

  static void start() {
    try {
      postgres =
          EmbeddedPostgres.builder()
              .setDataDirectory(directory)
              .setCleanDataDirectory(false)
              .setPort(port) // 0 at first: a free one
              .setPGStartupWait(Duration.ofMinutes(2))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it, if there is one. */
  static void stop() {
    if (postgres != null) {
      try {
        postgres.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      postgres = null;
    }
  }
}

package dev.signet.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A PostgreSQL for one server, with an empty database. It runs in processes of its own: its CPU
 * time is not counted as the server's, but it shares the cores.
 */
final class Postgres implements AutoCloseable {
  private final EmbeddedPostgres postgres;

  private Postgres(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static Postgres start() throws IOException {
    return new Postgres(
        EmbeddedPostgres.builder()
            // As it is by default: a commit is on the disk before it is answered.
            .setServerConfig("synchronous_commit", "on")
            .start());
  }

  /** What tells a server to use it. */
  List<String> settings() {
    return List.of(
        "-Dsignet.database.url=jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
        "-Dsignet.database.user=postgres",
        "-Dsignet.database.password=postgres");
  }

  /** For a client of its own. */
  String url() {
    return "jdbc:postgresql://localhost:"
        + postgres.getPort()
        + "/postgres?user=postgres&password=postgres";
  }

  void execute(String sql) throws IOException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}

package dev.signet.domain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.reading.InvalidSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link Migrations} promise on every database. */
class MigrationsContract {
  private static final String TIME = "timestamp with time zone '2026-01-01 00:00:00+00:00'";

  @TempDir private Path directory;

  private DataSource empty() throws Exception {
    return StoreContract.isPostgresql()
        ? TestPostgres.empty()
        : Store.file(directory.resolve("upgraded"));
  }

  @Test
  void rowsOfEarlierSchemasOutliveTheUpgrade() throws Exception {
    DataSource database = empty();
    migrateTo(database, "1");
    execute(
        database,
        "insert into users (id, username, username_key, password_hash, group_names, enabled,"
            + " created_at, updated_at) values ('u1', 'Ada', 'ada', '$argon2id$', ' user ', true, "
            + TIME
            + ", "
            + TIME
            + ")");
    migrateTo(database, "2");
    execute(
        database,
        "insert into refresh_families (id, user_id, created_at, last_used_at, last_issued_at,"
            + " authenticated_at, expires_at, idle_expires_at, source, user_agent) values"
            + " ('s1', 'u1', %1$s, %1$s, %1$s, %1$s, %1$s, %1$s, '192.0.2.1', 'browser')"
                .formatted(TIME));
    execute(
        database,
        "insert into refresh_tokens (hash, family_id, issued_at, siblings) values ('h1', 's1', "
            + TIME
            + ", 0)");
    migrateTo(database, "7");
    execute(
        database,
        "insert into clients (client_id, metadata, created_at, updated_at) values ('c1', '{}', "
            + TIME
            + ", "
            + TIME
            + ")");

    int applied = Migrations.migrate(database);

    assertTrue(applied > 0);
    assertEquals(0, Migrations.migrate(database), "all are applied");
    assertEquals("Ada", text(database, "select username from users where id = 'u1'"));
    assertEquals("s1", text(database, "select family_id from refresh_tokens where hash = 'h1'"));
    assertEquals("{}", text(database, "select metadata from clients where client_id = 'c1'"));
  }

  @Test
  void schemaOfALaterVersionStopsTheStartAndStaysAsItIs() throws Exception {
    DataSource database = empty();
    Migrations.migrate(database);
    execute(
        database,
        "insert into \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\","
            + " \"type\", \"script\", \"installed_by\", \"execution_time\", \"success\")"
            + " values (999, '999', 'later', 'SQL', 'V999__later.sql', 'later', 1, true)");

    InvalidSettings refusal =
        assertThrows(InvalidSettings.class, () -> Migrations.migrate(database));

    assertEquals(
        "signet.database.url points to a schema of a later version of Signet (migration 999"
            + " is unknown to this version). Start the later version, or restore the backup taken before its first"
            + " start.",
        refusal.getMessage());
    assertEquals(
        "999",
        text(
            database,
            "select \"version\" from \"flyway_schema_history\" where \"installed_rank\" = 999"));
  }

  private static void migrateTo(DataSource database, String version) {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:db/migration")
        .target(version)
        .load()
        .migrate();
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static String text(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertTrue(row.next(), sql);
      return row.getString(1);
    }
  }
}

package dev.signet.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.settings.InvalidSettings;
import dev.signet.wiring.TestWiring;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2)).start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void postgresqlThatIsTooOldStopsTheStartAndNamesTheKey() {
    InvalidSettings refusal =
        assertThrows(InvalidSettings.class, () -> Migrations.check("PostgreSQL", 14));

    assertEquals(
        "signet.database.url leads to PostgreSQL 14, but Signet needs version 15 or later.",
        refusal.getMessage());
  }

  @Test
  void supportedDatabasesAreTaken() {
    assertDoesNotThrow(() -> Migrations.check("PostgreSQL", 15));
    assertDoesNotThrow(() -> Migrations.check("H2", 2));
  }

  @Test
  void databaseOfAnotherEncodingStopsTheStart() throws SQLException {
    execute(
        postgres.getPostgresDatabase(),
        "create database latin template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'");

    String refusal = refusal(postgres.getDatabase("postgres", "latin"));

    assertTrue(refusal.contains("signet.database.url"), refusal);
    assertTrue(refusal.contains("LATIN1"), refusal);
  }

  @Test
  void schemaOfAnotherApplicationStopsTheStartAndStaysAsItIs() throws SQLException {
    execute(postgres.getPostgresDatabase(), "create database shop");
    DataSource shop = postgres.getDatabase("postgres", "shop");
    execute(shop, "create table users (id integer)");

    String refusal = refusal(shop);

    assertTrue(refusal.contains("signet.database.url"), refusal);
    assertTrue(refusal.contains("currentSchema"), refusal);
    execute(shop, "insert into users (id) values (1)");
  }

  /** As the sentence says. */
  @Test
  void schemaOfItsOwnBesideAnotherApplicationIsEnough() throws SQLException {
    execute(postgres.getPostgresDatabase(), "create database shared");
    DataSource shared = postgres.getDatabase("postgres", "shared");
    execute(shared, "create table users (id integer); create schema signet");

    DataSource own = postgres.getDatabase("postgres", "shared", Map.of("currentSchema", "signet"));
    assertTrue(migrations(own).migrate() > 0);
  }

  private static String refusal(DataSource database) {
    return assertThrows(InvalidSettings.class, migrations(database)::migrate).getMessage();
  }

  private static Migrations migrations(DataSource database) {
    return TestWiring.make(Migrations.class, database);
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

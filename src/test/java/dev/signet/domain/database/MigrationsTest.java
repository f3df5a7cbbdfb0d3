package dev.signet.domain.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.wiring.TestWiring;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigrationsTest {
  @RegisterExtension private static final TestPostgres POSTGRES = new TestPostgres();

  @Test
  void postgresqlThatIsTooOldStopsTheStartAndNamesTheKey() {
    InvalidSettings refusal =
        assertThrows(InvalidSettings.class, () -> Migrations.check("PostgreSQL", 14));

    assertEquals(
        "signet.database.url points to PostgreSQL 14, but Signet needs version 15 or later.",
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
        POSTGRES.server().getPostgresDatabase(),
        "create database latin template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'");

    String refusal = refusal(POSTGRES.server().getDatabase("postgres", "latin"));

    assertTrue(refusal.contains("signet.database.url"), refusal);
    assertTrue(refusal.contains("LATIN1"), refusal);
  }

  @Test
  void schemaOfAnotherApplicationStopsTheStartAndStaysAsItIs() throws SQLException {
    execute(POSTGRES.server().getPostgresDatabase(), "create database shop");
    DataSource shop = POSTGRES.server().getDatabase("postgres", "shop");
    execute(shop, "create table users (id integer)");

    String refusal = refusal(shop);

    assertTrue(refusal.contains("signet.database.url"), refusal);
    assertTrue(refusal.contains("currentSchema"), refusal);
    execute(shop, "insert into users (id) values (1)");
  }

  /** As the sentence says. */
  @Test
  void schemaOfItsOwnBesideAnotherApplicationIsEnough() throws SQLException {
    execute(POSTGRES.server().getPostgresDatabase(), "create database shared");
    DataSource shared = POSTGRES.server().getDatabase("postgres", "shared");
    execute(shared, "create table users (id integer); create schema signet");

    DataSource own =
        POSTGRES.server().getDatabase("postgres", "shared", Map.of("currentSchema", "signet"));
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

package dev.signet.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.settings.InvalidSettings;
import org.junit.jupiter.api.Test;

class MigrationsTest {
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
}

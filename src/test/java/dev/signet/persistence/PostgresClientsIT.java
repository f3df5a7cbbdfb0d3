package dev.signet.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.domain.client.ClientsContract;
import dev.signet.domain.database.Store;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients in a real PostgreSQL. */
class PostgresClientsIT extends ClientsContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }

  /** PostgreSQL makes none; without one, each deletion reads whole tables. */
  @Test
  void everyForeignKeyHasAnIndex() throws SQLException {
    assertEquals(
        0,
        store()
            .count(
                "pg_constraint c where c.contype = 'f' and not exists (select 1 from pg_index i"
                    + " where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])"));
  }
}

package dev.signet.persistence;

import dev.signet.database.LeasesContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Leases in a real PostgreSQL. */
class PostgresLeasesIT extends LeasesContract {
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
    useDatabase(postgres.getPostgresDatabase());
  }

  @AfterAll
  static void stop() throws IOException {
    closeEntities();
    postgres.close();
  }
}

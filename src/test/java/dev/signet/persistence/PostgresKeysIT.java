package dev.signet.persistence;

import dev.signet.keys.KeysContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Keys in a real PostgreSQL. */
class PostgresKeysIT extends KeysContract {
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

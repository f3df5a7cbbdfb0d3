package dev.signet.persistence;

import dev.signet.token.SessionsContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Sessions in a real PostgreSQL. */
class PostgresSessionsIT extends SessionsContract {
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

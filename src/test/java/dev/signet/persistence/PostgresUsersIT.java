package dev.signet.persistence;

import dev.signet.user.UsersContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Accounts in a real PostgreSQL. */
class PostgresUsersIT extends UsersContract {
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

package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.guard.SharedLimitsContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Shared rate limits in a real PostgreSQL, the only database that nodes share. */
class PostgresSharedLimitsIT extends SharedLimitsContract {
  private static Store store;

  @BeforeAll
  static void start() throws IOException {
    store = Store.postgres();
    use(store);
  }

  @AfterAll
  static void stop() throws IOException {
    store.close();
  }
}

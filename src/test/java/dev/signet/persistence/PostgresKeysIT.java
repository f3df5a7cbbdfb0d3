package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.keys.KeysContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Keys in a real PostgreSQL. */
class PostgresKeysIT extends KeysContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

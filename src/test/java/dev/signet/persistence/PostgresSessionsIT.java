package dev.signet.persistence;

import dev.signet.database.Store;
import dev.signet.token.SessionsContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Sessions in a real PostgreSQL. */
class PostgresSessionsIT extends SessionsContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

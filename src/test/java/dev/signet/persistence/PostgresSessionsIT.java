package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.session.SessionsContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Sessions in a real PostgreSQL. */
class PostgresSessionsIT extends SessionsContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

package dev.signet.persistence;

import dev.signet.domain.code.WaitingContract;
import dev.signet.domain.database.Store;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Requests that wait for a person, in a real PostgreSQL. */
class PostgresWaitingIT extends WaitingContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

package dev.signet.persistence;

import dev.signet.database.Store;
import dev.signet.token.ClocksContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Clocks and a real PostgreSQL. */
class PostgresClocksIT extends ClocksContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

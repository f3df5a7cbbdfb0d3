package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.session.ClocksContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Clocks and a real PostgreSQL. */
class PostgresClocksIT extends ClocksContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

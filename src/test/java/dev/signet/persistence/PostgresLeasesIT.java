package dev.signet.persistence;

import dev.signet.domain.database.LeasesContract;
import dev.signet.domain.database.Store;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Leases in a real PostgreSQL. */
class PostgresLeasesIT extends LeasesContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

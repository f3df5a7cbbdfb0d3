package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.transfer.TransferContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Import into, and export from, a real PostgreSQL. */
class PostgresTransferIT extends TransferContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

package dev.signet.persistence;

import dev.signet.database.Store;
import dev.signet.transfer.TransferContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Import into, and export from, a real PostgreSQL. */
class PostgresTransferIT extends TransferContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

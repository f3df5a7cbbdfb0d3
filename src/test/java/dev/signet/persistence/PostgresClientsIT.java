package dev.signet.persistence;

import dev.signet.client.ClientsContract;
import dev.signet.database.Store;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Clients in a real PostgreSQL. */
class PostgresClientsIT extends ClientsContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

package dev.signet.persistence;

import dev.signet.domain.audit.AuditContract;
import dev.signet.domain.database.Store;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The audit trail in a real PostgreSQL. */
class PostgresAuditIT extends AuditContract {
  private static Store store;

  @BeforeAll
  static void start() throws IOException {
    store = Store.postgres();
    use(store);
  }

  @AfterAll
  static void stop() throws IOException {
    store.close();
  }
}

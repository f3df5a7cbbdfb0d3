package dev.signet.persistence;

import dev.signet.domain.audit.AuditContract;
import dev.signet.domain.database.Store;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The audit trail in the embedded H2. */
class H2AuditIT extends AuditContract {
  private static Store store;

  @BeforeAll
  static void start(@TempDir Path directory) {
    store = Store.h2(directory);
    use(store);
  }

  @AfterAll
  static void stop() throws IOException {
    store.close();
  }
}

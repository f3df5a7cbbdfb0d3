package dev.signet.persistence;

import dev.signet.domain.client.ClientsContract;
import dev.signet.domain.database.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Clients in the embedded H2. */
class H2ClientsIT extends ClientsContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    use(Store.h2(directory));
  }
}

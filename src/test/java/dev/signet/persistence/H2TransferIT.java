package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.transfer.TransferContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Import into, and export from, the embedded H2. */
class H2TransferIT extends TransferContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    use(Store.h2(directory));
  }
}

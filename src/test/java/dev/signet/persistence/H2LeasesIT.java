package dev.signet.persistence;

import dev.signet.domain.database.LeasesContract;
import dev.signet.domain.database.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Leases in the embedded H2. */
class H2LeasesIT extends LeasesContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    use(Store.h2(directory));
  }
}

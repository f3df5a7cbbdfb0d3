package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.session.ClocksContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Clocks and the embedded H2. */
class H2ClocksIT extends ClocksContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    use(Store.h2(directory));
  }
}

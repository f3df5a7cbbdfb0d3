package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.keys.KeysContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Keys in the embedded H2. */
class H2KeysIT extends KeysContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    use(Store.h2(directory));
  }
}

package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.session.SessionsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Sessions in the embedded H2. */
class H2SessionsIT extends SessionsContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    use(Store.h2(directory));
  }
}

package dev.signet.persistence;

import dev.signet.domain.code.WaitingContract;
import dev.signet.domain.database.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait for a person, in the embedded H2. */
class H2WaitingIT extends WaitingContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    use(Store.h2(directory));
  }
}

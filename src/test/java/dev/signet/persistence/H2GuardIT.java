package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.guard.GuardContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Blocks and account locks in the embedded H2. */
class H2GuardIT extends GuardContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    useStore(Store.h2(directory));
  }
}

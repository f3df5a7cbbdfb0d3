package dev.signet.persistence;

import dev.signet.database.Store;
import dev.signet.user.UsersContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Accounts in the embedded H2. */
class H2UsersIT extends UsersContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    use(Store.h2(directory));
  }
}

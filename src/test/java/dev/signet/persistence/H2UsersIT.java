package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.user.UsersContract;
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

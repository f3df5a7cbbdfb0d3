package dev.signet.persistence;

import dev.signet.database.Store;
import dev.signet.token.AuthorizationsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Authorizations in the embedded H2. */
class H2AuthorizationsIT extends AuthorizationsContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    use(Store.h2(directory));
  }
}

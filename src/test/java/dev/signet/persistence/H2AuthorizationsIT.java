package dev.signet.persistence;

import dev.signet.domain.code.AuthorizationsContract;
import dev.signet.domain.database.Store;
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

package dev.signet.persistence;

import dev.signet.domain.consent.ConsentsContract;
import dev.signet.domain.database.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Consents in the embedded H2. */
class H2ConsentsIT extends ConsentsContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    use(Store.h2(directory));
  }
}

package dev.signet.persistence;

import dev.signet.domain.backchannel.LogoutNoticesContract;
import dev.signet.domain.database.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Notices of logouts in the embedded H2. */
class H2LogoutNoticesIT extends LogoutNoticesContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    use(Store.h2(directory));
  }
}

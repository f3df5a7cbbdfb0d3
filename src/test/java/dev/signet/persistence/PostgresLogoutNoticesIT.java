package dev.signet.persistence;

import dev.signet.domain.backchannel.LogoutNoticesContract;
import dev.signet.domain.database.Store;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Notices of logouts in a real PostgreSQL. */
class PostgresLogoutNoticesIT extends LogoutNoticesContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

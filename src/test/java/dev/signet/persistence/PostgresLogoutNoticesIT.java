package dev.signet.persistence;

import dev.signet.database.Store;
import dev.signet.token.LogoutNoticesContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Notices of logouts in a real PostgreSQL. */
class PostgresLogoutNoticesIT extends LogoutNoticesContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.user.UsersContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Accounts in a real PostgreSQL. */
class PostgresUsersIT extends UsersContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

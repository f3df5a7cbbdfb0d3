package dev.signet.persistence;

import dev.signet.domain.database.Store;
import dev.signet.domain.guard.GuardContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Blocks and account locks in a real PostgreSQL. */
class PostgresGuardIT extends GuardContract {
  @BeforeAll
  static void start() throws IOException {
    useStore(Store.postgres());
  }
}

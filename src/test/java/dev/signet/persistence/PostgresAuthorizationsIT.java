package dev.signet.persistence;

import dev.signet.domain.code.AuthorizationsContract;
import dev.signet.domain.database.Store;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Authorizations in a real PostgreSQL. */
class PostgresAuthorizationsIT extends AuthorizationsContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

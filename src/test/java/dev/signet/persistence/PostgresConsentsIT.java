package dev.signet.persistence;

import dev.signet.domain.consent.ConsentsContract;
import dev.signet.domain.database.Store;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** Consents in a real PostgreSQL. */
class PostgresConsentsIT extends ConsentsContract {
  @BeforeAll
  static void start() throws IOException {
    use(Store.postgres());
  }
}

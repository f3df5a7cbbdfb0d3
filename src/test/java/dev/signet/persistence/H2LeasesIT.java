package dev.signet.persistence;

import dev.signet.database.LeasesContract;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Leases in the embedded H2. */
class H2LeasesIT extends LeasesContract {
  @BeforeAll
  static void start(@TempDir Path directory) {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:file:" + directory.resolve("signet") + ";DB_CLOSE_DELAY=0");
    useDatabase(h2);
  }
}

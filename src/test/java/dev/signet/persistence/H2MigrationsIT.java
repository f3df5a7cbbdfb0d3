package dev.signet.persistence;

import dev.signet.domain.database.MigrationsContract;
import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

/** Upgrades of the embedded H2. */
class H2MigrationsIT extends MigrationsContract {
  @TempDir private Path directory;

  @Override
  protected DataSource empty() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:file:" + directory.resolve(UUID.randomUUID().toString()));
    return h2;
  }
}

package dev.signet.domain.database;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds on every database. The build runs all contracts on each: {@value #DATABASE} names the
 * one to run on.
 */
public abstract class StoreContract {
  public static final String DATABASE = "signet.test.database";
  public static final String POSTGRESQL = "postgresql";

  private static Store store;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException {
    store = isPostgresql() ? Store.postgres() : Store.h2(directory);
  }

  protected static boolean isPostgresql() {
    return POSTGRESQL.equals(System.getProperty(DATABASE));
  }

  protected static Store store() {
    return store;
  }

  @AfterAll
  static void close() {
    store.close();
  }
}

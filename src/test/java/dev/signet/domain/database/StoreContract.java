package dev.signet.domain.database;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/** What holds on every database; a class in {@code persistence} runs it on one. */
public abstract class StoreContract {
  private static Store store;

  protected static void use(Store started) {
    store = started;
  }

  protected static Store store() {
    return store;
  }

  @AfterAll
  static void close() throws IOException {
    store.close();
  }
}

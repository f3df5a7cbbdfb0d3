package dev.signet.domain.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL, which runs for one test class when it is a registered extension. */
public final class TestPostgres implements BeforeAllCallback, AfterAllCallback {
  private EmbeddedPostgres server;

  /** Starts one that its caller closes. */
  static EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2)).start();
  }

  public EmbeddedPostgres server() {
    return server;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    server = start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    server.close();
  }
}

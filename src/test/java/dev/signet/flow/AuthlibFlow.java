package dev.signet.flow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Authlib, as Debian packages it; see {@code src/test/interop}. Skipped, with a word, where it is
 * not installed.
 */
interface AuthlibFlow extends Flow {
  /** Not the first one in the path, which need not be Debian's. */
  String PYTHON = "/usr/bin/python3";

  String CALLBACK = "https://app.example.org/callback";

  @OneDatabase
  @Test
  default void authlibWorksUnmodified() throws IOException, InterruptedException {
    Path scripts = Path.of("src/test/interop");
    boolean here = new Script(scripts, PYTHON, "-c", "import authlib, requests").succeeds();
    if (!here) {
      System.err.println(
          "Skipped: there is no Authlib (Debian: python3-authlib python3-requests).");
    }
    assumeTrue(here, "there is no Authlib");
    TestClients app = TestClients.webApp(TestUsers.administrator(client()), URI.create(CALLBACK));

    new Script(scripts, PYTHON, "-B", "authlib_client.py")
        .run(
            client(),
            Map.of("CLIENT_ID", app.id(), "CLIENT_SECRET", app.secret(), "REDIRECT_URI", CALLBACK));
  }
}

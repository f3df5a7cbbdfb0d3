package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code openid-client} and {@code oauth4webapi} from npm, as they come; see {@code
 * src/test/interop}. Skipped, with a word, where there is no Node.js 20.
 */
interface NodeFlow extends Flow {
  Path SCRIPTS = Path.of("src/test/interop");
  Path INSTALLED = Path.of("target/interop");
  String IS_NEW_ENOUGH = "process.exit(process.versions.node.split('.')[0] >= 20 ? 0 : 1)";
  String CALLBACK = "https://app.example.org/callback";

  @OneDatabase
  @Test
  default void openidClientWorksUnmodified() throws IOException, InterruptedException {
    install();
    TestClients app = TestClients.webApp(TestUsers.administrator(client()), URI.create(CALLBACK));

    run(
        "openid-client.mjs",
        Map.of("CLIENT_ID", app.id(), "CLIENT_SECRET", app.secret(), "REDIRECT_URI", CALLBACK));
  }

  @OneDatabase
  @Test
  default void oauth4webapiWorksUnmodified()
      throws IOException, InterruptedException, JOSEException {
    install();
    Client administrator = TestUsers.administrator(client());
    TestClients app =
        TestClients.registered(
            administrator,
            Map.of(
                "client_name",
                "Single page",
                "token_endpoint_auth_method",
                "none",
                "grant_types",
                List.of("authorization_code", "refresh_token"),
                "redirect_uris",
                List.of(CALLBACK),
                "scope",
                "openid profile"));
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    TestClients service =
        TestClients.registered(
            administrator,
            Map.of(
                "token_endpoint_auth_method",
                "private_key_jwt",
                "grant_types",
                List.of("client_credentials"),
                "scope",
                "orders:read",
                "audience",
                List.of(TestClients.ORDERS),
                "access_token_type",
                "at+jwt",
                "jwks",
                Map.of("keys", List.of(key.toPublicJWK().toJSONObject()))));

    run(
        "oauth4webapi.mjs",
        Map.of(
            "CLIENT_ID",
            app.id(),
            "REDIRECT_URI",
            CALLBACK,
            "SERVICE_ID",
            service.id(),
            "SERVICE_KEY",
            key.toJSONString(),
            "SERVICE_AUDIENCE",
            TestClients.ORDERS));
  }

  private void run(String script, Map<String, String> environment)
      throws IOException, InterruptedException {
    new Script(INSTALLED, "node", script).run(client(), environment);
  }

  /** Takes the packages from the registry that npm is configured for, once. */
  private static void install() throws IOException, InterruptedException {
    boolean here =
        new Script(Path.of(""), "node", "-e", IS_NEW_ENOUGH).succeeds()
            && new Script(Path.of(""), "npm", "--version").succeeds();
    if (!here) {
      System.err.println(
          "Skipped: there is no Node.js 20 with npm, so its OAuth clients are not run.");
    }
    assumeTrue(here, "there is no Node.js 20 with npm");
    Files.createDirectories(INSTALLED);
    for (String file :
        List.of(
            "package.json",
            "package-lock.json",
            "person.mjs",
            "openid-client.mjs",
            "oauth4webapi.mjs")) {
      Files.writeString(INSTALLED.resolve(file), Files.readString(SCRIPTS.resolve(file)));
    }
    // An npm that was stopped leaves a directory of packages, too.
    Path complete = INSTALLED.resolve("complete");
    if (!Files.exists(complete)) {
      Path log = INSTALLED.resolve("npm.log");
      boolean installed = false;
      for (int tries = 0; tries < 2 && !installed; tries++) { // A registry may fail once.
        installed = installs(log);
      }
      assertTrue(installed, "npm ci, in target/interop: " + Files.readString(log));
      Files.createFile(complete);
    }
  }

  /** The registry may be slow. */
  private static boolean installs(Path log) throws InterruptedException {
    return new Script(INSTALLED, "npm", "ci", "--no-audit", "--no-fund")
        .succeeds(Duration.ofMinutes(5), ProcessBuilder.Redirect.to(log.toFile()));
  }
}

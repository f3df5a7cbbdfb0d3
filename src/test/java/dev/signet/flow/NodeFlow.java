package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

  @Test
  default void openidClientWorksUnmodified() throws IOException, InterruptedException {
    install();
    TestClients app = TestClients.webApp(TestUsers.administrator(client()), URI.create(CALLBACK));

    run(
        "openid-client.mjs",
        Map.of("CLIENT_ID", app.id(), "CLIENT_SECRET", app.secret(), "REDIRECT_URI", CALLBACK));
  }

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

  /** The script says what a person has to do; a visitor does it. */
  private void run(String script, Map<String, String> environment)
      throws IOException, InterruptedException {
    Guest visitor = Guest.registered(client());
    ProcessBuilder node =
        new ProcessBuilder("node", script).directory(INSTALLED.toFile()).redirectErrorStream(true);
    node.environment().putAll(environment);
    node.environment().put("ISSUER", System.getProperty(ServerSession.URL));
    Process process = node.start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader output =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter input =
            new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith("open ")) {
          input.println(visitor.open(URI.create(line.substring("open ".length()))));
        } else if (line.startsWith("let-in ")) {
          visitor.letIn(URI.create(line.substring("let-in ".length())));
          input.println("done");
        }
      }
      assertEquals(0, process.waitFor(), said::toString);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Takes the packages from the registry that npm is configured for, once. */
  private static void install() throws IOException, InterruptedException {
    boolean here =
        succeeds(Path.of(""), "node", "-e", IS_NEW_ENOUGH)
            && succeeds(Path.of(""), "npm", "--version");
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
    if (!Files.exists(INSTALLED.resolve("node_modules"))) {
      assertTrue(
          succeeds(INSTALLED, "npm", "ci", "--no-audit", "--no-fund"), "npm ci, in target/interop");
    }
  }

  private static boolean succeeds(Path directory, String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toAbsolutePath().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // There is no such program.
    }
  }
}

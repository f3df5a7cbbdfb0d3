package dev.signet.flow;

import com.nimbusds.jose.jwk.JWKSet;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Prepares everything one server start needs, before Arquillian reads its configuration: free
 * ports, a fresh directory, the signing key, the database. Arquillian's own extension points come
 * too late for that, because {@code arquillian.xml} takes these values from system properties.
 *
 * <p>The system property {@value #RUN} says which start it is: a server and a variant, such as
 * {@code payara-postgresql}. Without it (unit tests) nothing happens.
 */
public final class ServerSession implements LauncherSessionListener {
  static final String RUN = "signet.test.run";
  static final String URL = "signet.test.url";
  static final String DIRECTORY = "signet.test.directory";
  static final String WAR = "signet.test.war";

  /** Whose pages may call the API of the server under test. */
  static final String LISTED_ORIGIN = "https://app.example.org";

  /** What a monitoring system reads the metrics with. */
  static final String METRICS_SECRET = "scrape-me-once-a-minute";

  static final String OPTIONS = "signet.test.options";
  static final String ENCRYPTION = "signet.test.encryption";
  static final String JWKS = "keys.json";
  static final List<String> NEWCOMERS =
      List.of("newcomer.visitor", "newcomer.guest", "newcomer.browser");

  /** Imported with hashes that cost more and less than Signet's own. */
  static final List<String> HASHED = List.of("dearer.hash", "cheaper.hash");

  /** A system property of the server. Each server expands some of this, unless it is read raw. */
  static final String IMPORTED_SECRET =
      "imported-$from-${HOME}-$$-\\a\\\\file-${a:b}-without-a-secret";

  /** An environment variable of the server, which the POM sets: with blanks at both ends, too. */
  static final String ADMIN_PASSWORD = System.getenv("SIGNET_ADMIN_PASSWORD");

  private static final String LOOPBACK = "127.0.0.0/8,::1";

  /** Servers keep softly what they know of deployments; RedeploymentIT waits for its end. */
  private static final String SOON_COLLECTED = "-XX:SoftRefLRUPolicyMSPerMB=10";

  private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    String run = System.getProperty(RUN);
    if (run == null || run.indexOf('-') < 0) {
      return; // No server: unit tests, or tests against a database only.
    }
    String server = run.substring(0, run.indexOf('-'));
    String variant = run.substring(run.indexOf('-') + 1);
    try {
      Path directory = Path.of("target", "flow", run).toAbsolutePath();
      deleteTree(directory);
      Files.createDirectories(directory);
      Ports ports = Ports.free();
      System.setProperty("arquillian.launch", server);
      System.setProperty(DIRECTORY, directory.toString());
      System.setProperty(URL, "http://localhost:" + ports.http());
      System.setProperty("signet.test.project", Path.of("").toAbsolutePath().toString());
      System.setProperty("signet.test.port", Integer.toString(ports.http()));
      System.setProperty("signet.test.port.https", Integer.toString(ports.https()));
      System.setProperty("signet.test.port.management", Integer.toString(ports.management()));
      System.setProperty(OPTIONS, options(variant, directory));
      switch (server) {
        // The adapter refuses to start when a server of that name runs anywhere on the machine.
        case "liberty" -> {
          Path liberty = directory.resolve("usr/servers/signet-" + ports.http());
          prepareLiberty(liberty, ports);
          Path overrides = Files.createDirectories(liberty.resolve("configDropins/overrides"));
          Files.copy(
              Path.of("src/test/liberty/arquillian.xml"), overrides.resolve("arquillian.xml"));
        }
        default -> {} // takes all it needs from arquillian.xml
      }
    } catch (IOException | GeneralSecurityException | SQLException e) {
      throw new IllegalStateException("Cannot prepare " + run, e);
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    SecondNode.stop();
    TestDatabase.stop();
  }

  /** What an operator would configure, as system properties of the server. */
  private String options(String variant, Path directory)
      throws IOException, GeneralSecurityException, SQLException {
    Path privateKey = directory.resolve("private.pem");
    Path publicKey = directory.resolve("public.pem");
    generateKey(privateKey, publicKey);
    String issuer = System.getProperty(URL);
    Map<String, String> options = new LinkedHashMap<>();
    options.put("signet.issuer", issuer);
    options.put("signet.data.directory", directory.resolve("data").toString());
    // The tests are a proxy, so that each can come from where it likes (Client.from).
    options.put("signet.proxies.trusted", LOOPBACK);
    options.put("signet.block.allow", LOOPBACK);
    options.put("signet.limit.allow", LOOPBACK);
    options.put("signet.limit.login.account", "60/PT1M");
    options.put("signet.lock.delay", "PT15M"); // It must outlast a test on any machine.
    options.put(
        "signet.metrics.token.file",
        Files.writeString(directory.resolve("metrics-secret"), METRICS_SECRET + "\n").toString());
    options.put("signet.import", importFile(directory).toString());
    options.put("imported.secret", IMPORTED_SECRET);
    options.put("signet.outbound.allow", "localhost"); // by this name only: see Published
    options.put("signet.cors.origins", LISTED_ORIGIN + ",https://other.example.org:8443");
    options.put("signet.client.documents", "localhost");
    options.put("signet.registration.audience", "https://mcp.example.org");
    options.put("signet.registration.scope", "openid,profile,email,offline_access,mcp:tools");
    options.put("signet.subject.salt", "the-salt-of-pairwise-subjects-of-tests");
    switch (variant) {
      case "h2" -> {
        // The default database, and keys that their operator rotates.
        Path set = directory.resolve(JWKS);
        Files.writeString(set, new JWKSet(Forgery.read(privateKey)).toString(false));
        options.put("signet.keys.jwks.file", set.toString());
        options.put("signet.refresh.grace", "PT0S");
      }
      case "postgresql" -> {
        // Keys that Signet makes and rotates itself.
        byte[] encryption = new byte[32];
        new SecureRandom().nextBytes(encryption);
        System.setProperty(ENCRYPTION, Base64.getEncoder().encodeToString(encryption));
        options.put("signet.keys.store", "database");
        options.put("signet.keys.encryption", System.getProperty(ENCRYPTION));
        options.put("signet.keys.wait", "PT3S");
        options.put("signet.database.url", TestDatabase.create(directory.resolve("postgresql")));
        options.put("signet.database.user", "signet");
        options.put("signet.database.password", "signet");
        options.put("signet.limit.shared", "true");
        options.put("signet.limit.register.source", "20/PT10M");
      }
      case "container" -> {
        // As some editors leave it: with a byte order mark, CRLF, and a certificate before the key.
        Path edited = directory.resolve("edited.pem");
        Files.writeString(
            edited,
            "\uFEFF"
                + (pem("CERTIFICATE", new byte[48]) + Files.readString(privateKey))
                    .replace("\n", "\r\n"));
        options.put("signet.keys.private.file", edited.toString());
        options.put("signet.token.verifier", "container");
        options.put("signet.dpop.nonce", "true");
        options.put("mp.jwt.verify.issuer", issuer);
        options.put("mp.jwt.verify.audiences", issuer);
        options.put("mp.jwt.verify.publickey.location", publicKey.toUri().toString());
      }
      default -> throw new IllegalArgumentException("Unknown variant: " + variant);
    }
    return options.entrySet().stream()
        .map(option -> "-D" + option.getKey() + "=" + option.getValue())
        .collect(Collectors.joining(" ", "", " " + SOON_COLLECTED));
  }

  /** Also users whose password is good for one time, each for one test. */
  private static Path importFile(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("import.json"),
        """
        {"clients": [{"client_id": "imported", "client_name": "${imported.name:Imported}",
                      "grant_types": ["client_credentials"], "client_secret": "${imported.secret}"}],
         "users": [{"username": "ada.in.json", "password": "${imported.secret}",
                    "groups": ["user", "editor"]},
                   {"username": "%s", "password_hash": "%s"},
                   {"username": "%s", "password_hash": "%s"},
                   %s]}
        """
            .formatted(
                HASHED.get(0),
                hash(65_536, 1, 4),
                HASHED.get(1),
                hash(7_168, 5, 1),
                NEWCOMERS.stream()
                    .map(
                        name ->
                            """
                            {"username": "%s", "password": "%s",
                             "password_expires_at": "2100-01-01T00:00:00Z"}"""
                                .formatted(name, TestUsers.PASSWORD))
                    .collect(Collectors.joining(",\n"))));
  }

  private static String hash(int memory, int passes, int lanes) {
    return Password.hash(TestUsers.PASSWORD)
        .addRandomSalt(16)
        .with(Argon2Function.getInstance(memory, passes, lanes, 32, Argon2.ID))
        .getResult();
  }

  private static void generateKey(Path privateKey, Path publicKey)
      throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    Files.writeString(privateKey, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    Files.writeString(publicKey, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(type, PEM.encodeToString(content));
  }

  /** Does what {@code liberty-config/server.xml} tells an operator to do. */
  static void prepareLiberty(Path server, Ports ports) throws IOException {
    Files.createDirectories(server);
    for (String file : List.of("server.xml", "jvm.options")) {
      Files.copy(Path.of("liberty-config", file), server.resolve(file));
    }
    Files.writeString(
        server.resolve("bootstrap.properties"),
        "http.port=%s\nhttps.port=%s\n".formatted(ports.http(), ports.https()));
    try (FileSystem war = FileSystems.newFileSystem(Path.of(System.getProperty(WAR)))) {
      Path library = server.resolve("signet-library");
      for (String folder : List.of("WEB-INF/classes/dev/signet/datasource", "WEB-INF/lib")) {
        try (Stream<Path> files = Files.list(war.getPath(folder))) {
          for (Path file : files.toList()) {
            if (file.getFileName().toString().matches("(h2|postgresql)-.*\\.jar|.*\\.class")) {
              Path target = library.resolve(folder).resolve(file.getFileName().toString());
              Files.createDirectories(target.getParent());
              Files.copy(file, target);
            }
          }
        }
      }
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}

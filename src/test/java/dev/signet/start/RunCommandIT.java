package dev.signet.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumingThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that README names, with the files in {@code payara-config}. */
class RunCommandIT {
  private static final String PASSWORD = "correct-keystore";
  private static final Pattern ONE_TIME_PASSWORD = Pattern.compile("One-time password\\s+(\\S+)");
  private static final Pattern README_OUTPUT =
      Pattern.compile("(?s)```\n(  Signet\n.*?Signet is ready\\.)");
  private static final long START_SECONDS = 240;

  /** Java takes the last option, and {@code payara-config/jvm.options} comes before these. */
  private static final List<String> TURKISH = List.of("-Duser.language=tr", "-Duser.country=TR");

  /** The state of a socket, in {@code /proc/net/tcp}. */
  private static final String LISTENING = "0A";

  @TempDir private Path directory;

  @Test
  void ownKeystoreServesHttpsAndItsPagesBesideHttpOnLoopback() throws Exception {
    Path keyStore = directory.resolve("own.p12");
    createKeyStore(keyStore);
    int http = freePort();
    int https = freePort();
    Path log = directory.resolve("log");
    Process signet = start(log, http, https, keyStore, List.of("-Dsignet.profile=fapi2"), Map.of());
    try {
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(keyStore)).build();
      URI secure = URI.create("https://localhost:" + https);
      awaitReady(signet, log);

      HttpResponse<String> keys = get(client, secure.resolve("/.well-known/jwks.json"));

      assertEquals(200, keys.statusCode());
      assertEquals("TLSv1.3", keys.sslSession().orElseThrow().getProtocol());
      assertEquals(HttpClient.Version.HTTP_2, keys.version());
      assertTrue(keys.headers().firstValue("Strict-Transport-Security").isPresent());
      assertShowsWhatTheReadmeShows(text(log));
      String password = oneTimePassword(log);
      assertEquals(200, logIn(client, secure, secure.toString(), password));
      assertEquals(403, logIn(client, secure, "https://localhost:" + http, password));
      assertEquals(403, logIn(client, secure, "https://attacker.example:" + https, password));
      assertTrue(text(log).contains("https://localhost:" + https + "/"), () -> text(log));
      assertTrue(keys.headers().firstValue("Date").isPresent(), keys.headers()::toString);
      assertFapi2(get(client, secure.resolve("/.well-known/openid-configuration")).body());
      assertOnlyAuthenticatedEncryption(trusting(keyStore), https);
      URI plain = URI.create("http://127.0.0.1:" + http + "/api/health/live");
      assertEquals(200, get(client, plain).statusCode());
      assumingThat(
          Files.isDirectory(Path.of("/proc/self/fd")),
          () -> assertEquals(Set.of(http, https), ports(signet)));
    } finally {
      signet.destroy();
      signet.waitFor();
    }
  }

  @Test
  void javaInTurkishStartsAndChecksPasswords() throws Exception {
    Path keyStore = directory.resolve("own.p12");
    createKeyStore(keyStore);
    int https = freePort();
    Path log = directory.resolve("log");
    Process signet = start(log, freePort(), https, keyStore, TURKISH, Map.of());
    try {
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(keyStore)).build();
      URI secure = URI.create("https://localhost:" + https);
      awaitReady(signet, log);

      assertEquals(200, logIn(client, secure, secure.toString(), oneTimePassword(log)));
      assertEquals(401, logIn(client, secure, secure.toString(), "another"));
    } finally {
      signet.destroy();
      signet.waitFor();
    }
  }

  /** Payara asks for {@code S\u0130GNET_PRODUCT\u0130ON}, whose capital i has a dot. */
  @Test
  void environmentVariableThatPayaraHidesInTurkishEndsTheProcessAndIsNamed() throws Exception {
    String output = refusal(TURKISH, Map.of("SIGNET_PRODUCTION", "true"));

    assertTrue(output.contains("The application server hides"), output);
    assertTrue(output.contains("SIGNET_PRODUCTION"), output);
    assertTrue(output.contains("-Duser.language=en"), output);
  }

  @Test
  void productionWithoutItsSettingsEndsTheProcessAndNamesThem() throws Exception {
    String output =
        refusal(List.of("-Dsignet.production=true", "-Dsignet.hashing.concurrency=1024"), Map.of());

    assertTrue(output.contains("signet.issuer"), output);
    assertTrue(output.contains("signet.keys.private.file"), output);
    assertTrue(output.contains("signet.password.memory times signet.hashing.concurrency"), output);
  }

  @Test
  void databaseUrlWithAPasswordEndsTheProcessAndIsNotRepeated() throws Exception {
    String output =
        refusal(List.of("-Dsignet.database.url=jdbc:h2:mem:a;USER=a;PASSWORD=hunter2"), Map.of());

    assertTrue(output.contains("signet.database.url must not contain a user"), output);
    assertFalse(output.contains("hunter2"), output);
  }

  /** What Signet prints when it refuses to start with these options and variables. */
  private String refusal(List<String> options, Map<String, String> environment) throws Exception {
    Path keyStore = directory.resolve("own.p12");
    createKeyStore(keyStore);
    Path log = directory.resolve("log");
    Process signet = start(log, freePort(), freePort(), keyStore, options, environment);
    boolean ended = signet.waitFor(START_SECONDS, TimeUnit.SECONDS);
    signet.destroyForcibly();
    assertTrue(ended);
    assertEquals(1, signet.exitValue());
    return text(log);
  }

  /** Compares the lines of the try-out that are the same for each start. */
  private static void assertShowsWhatTheReadmeShows(String log) throws IOException {
    Matcher shown = README_OUTPUT.matcher(Files.readString(Path.of("README.md")));
    assertTrue(shown.find());
    shown
        .group(1)
        .lines()
        .filter(line -> !line.matches(".*(…|One-time|https://).*"))
        .forEach(line -> assertTrue(log.contains(line), () -> line + " is not in " + log));
  }

  /** What clients of the FAPI 2.0 Security Profile look for. */
  private static void assertFapi2(String metadata) {
    for (String member :
        List.of(
            "\"require_pushed_authorization_requests\":true",
            "\"token_endpoint_auth_methods_supported\":[\"private_key_jwt\"]",
            "\"token_endpoint_auth_signing_alg_values_supported\":[\"ES256\",\"PS256\"]",
            "\"dpop_signing_alg_values_supported\":[\"ES256\",\"PS256\"]",
            "\"id_token_signing_alg_values_supported\":[\"ES256\"]")) {
      assertTrue(metadata.contains(member), metadata);
    }
  }

  /** RFC 9325, section 4.2. */
  private static void assertOnlyAuthenticatedEncryption(SSLContext context, int port)
      throws IOException {
    for (String suite :
        List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")) {
      assertEquals(suite, shakeHands(context, port, suite));
    }
    for (String suite :
        List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA")) {
      assertThrows(SSLHandshakeException.class, () -> shakeHands(context, port, suite), suite);
    }
  }

  private static String shakeHands(SSLContext context, int port, String suite) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {suite});
      socket.startHandshake();
      return socket.getSession().getCipherSuite();
    }
  }

  /** The files as they are, with other ports and another keystore. */
  private Process start(
      Path log,
      int http,
      int https,
      Path keyStore,
      List<String> options,
      Map<String, String> environment)
      throws IOException {
    String arguments =
        Files.readString(Path.of("payara-config/run"))
            .replace("--port 8080", "--port " + http)
            .replace("--sslport 8443", "--sslport " + https)
            .replace("target/development.p12", keyStore.toString())
            .replace("changeit", PASSWORD);
    Path file = Files.writeString(directory.resolve("run"), arguments);
    List<String> command = new ArrayList<>();
    command.add(tool("java"));
    command.add("@payara-config/jvm.options");
    command.add("-Dsignet.data.directory=" + directory.resolve("data"));
    command.addAll(options);
    command.add("@" + file);
    ProcessBuilder payara =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    payara.environment().remove("SIGNET_ADMIN_PASSWORD"); // It is for the flows.
    payara.environment().putAll(environment);
    return payara.start();
  }

  /** Waits until the output says that Signet is ready, which must then be true. */
  private static void awaitReady(Process signet, Path log) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!text(log).contains("Signet is ready")) {
      assertTrue(signet.isAlive() && System.nanoTime() < end, () -> text(log));
      Thread.sleep(10);
    }
  }

  /** Those that a process listens on, as Linux tells. */
  private static Set<Integer> ports(Process process) throws IOException {
    Path proc = Path.of("/proc", String.valueOf(process.pid()));
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
      for (Path descriptor : open.toList()) {
        sockets.add(target(descriptor));
      }
    }
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(proc.resolve("net").resolve(table))) {
        String[] columns = line.trim().split("\\s+", -1);
        if (columns[3].equals(LISTENING) && sockets.contains("socket:[" + columns[9] + "]")) {
          ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      return "closed meanwhile";
    }
  }

  private static HttpResponse<String> get(HttpClient client, URI address) throws Exception {
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String oneTimePassword(Path log) {
    Matcher shown = ONE_TIME_PASSWORD.matcher(text(log));
    assertTrue(shown.find());
    return shown.group(1);
  }

  /** As the example app does, whose page is of this origin. */
  private static int logIn(HttpClient client, URI base, String origin, String password)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/api/login"))
            .header("Content-Type", "application/json")
            .header("Origin", origin)
            .POST(
                BodyPublishers.ofString(
                    "{\"username\":\"admin\",\"password\":\"%s\",\"delivery\":\"cookie\"}"
                        .formatted(password)))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static void createKeyStore(Path file) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    tool("keytool"),
                    "-genkeypair",
                    "-alias",
                    "signet",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    PASSWORD))
            .inheritIO()
            .start();
    assertEquals(0, keytool.waitFor());
  }

  private static SSLContext trusting(Path keyStore) throws IOException, GeneralSecurityException {
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      certificates.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("signet", certificates.getCertificate("signet"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}

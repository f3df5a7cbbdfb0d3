package dev.signet.domain.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.signet.base.settings.OutboundSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboundTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final OutboundSettings LISTED =
      new OutboundSettings(Set.of("keys.example", "other.example"), List.of());
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicInteger lookUps = new AtomicInteger();
  private final AtomicReference<String> seen = new AtomicReference<>();
  private HttpServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  /** The name has no address but for the first look-up: a second one would fail. */
  @Test
  void connectsToTheAddressThatWasChecked() throws IOException {
    serve(HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0));

    Answer answer = outbound(plain(), LONG).get(uri("http", "keys.example", "/keys?a=b%20c"));

    assertEquals(200, answer.status());
    assertEquals("answer", answer.body());
    assertEquals(1, lookUps.get());
    assertEquals(
        "GET /keys?a=b%20c keys.example:" + server.getAddress().getPort() + " null ", seen.get());
  }

  @Test
  void formIsPostedEncoded() throws IOException {
    serve(HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0));

    outbound(plain(), LONG)
        .post(uri("http", "keys.example", ""), Map.of("logout_token", "a+b c&\r\n"));

    assertTrue(
        seen.get().endsWith(" application/x-www-form-urlencoded logout_token=a%2Bb+c%26%0D%0A"),
        seen::get);
  }

  @Test
  void internalAddressIsNotEvenConnectedTo() throws IOException {
    serve(HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0));

    assertThrows(
        RefusedDestination.class,
        () -> outbound(plain(), LONG).get(uri("https", "evil.example", "/")));
    assertEquals(null, seen.get());
  }

  @Test
  void certificateMustBeOfTheNameAlthoughTheAddressIsUsed(@TempDir Path directory)
      throws Exception {
    SSLContext tls = context(directory, "keys.example");
    HttpsServer https = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(tls));
    serve(https);
    Outbound outbound = outbound(tls.getSocketFactory(), LONG);

    assertEquals("answer", outbound.get(uri("https", "keys.example", "/")).body());
    assertThrows(
        SSLException.class, () -> outbound.get(uri("https", "other.example", "/")), "its name");
    assertThrows(
        SSLException.class,
        () -> outbound(plain(), LONG).get(uri("https", "keys.example", "/")),
        "nobody trusts it");
  }

  @Test
  void slowAnswerEndsWithTheWholeLimitHoweverManyBytesCome() throws Exception {
    try (ServerSocket slow = new ServerSocket(0, 1, LOOPBACK)) {
      slow.setSoTimeout(10_000); // On a slow machine, no connection may arrive.
      CompletableFuture<Void> drip = CompletableFuture.runAsync(() -> drip(slow));

      assertThrows(
          SocketTimeoutException.class,
          () ->
              outbound(plain(), Duration.ofMillis(300))
                  .get(URI.create("http://keys.example:" + slow.getLocalPort() + "/")));
      drip.join();
    }
  }

  @Test
  void addressThatNobodyListensAtIsAnError() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
      port = closed.getLocalPort();
    }

    assertThrows(
        IOException.class,
        () -> outbound(plain(), LONG).get(URI.create("http://keys.example:" + port + "/")));
  }

  /** Sends one byte after the other until the other side has had enough. */
  private static void drip(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      socket.setSoTimeout(20);
      while (true) {
        try {
          if (in.read() < 0) {
            return;
          }
        } catch (SocketTimeoutException e) {
          socket.getOutputStream().write('x');
        }
      }
    } catch (IOException e) {
      return; // The other side has gone.
    }
  }

  private Outbound outbound(SSLSocketFactory tls, Duration limit) {
    Destinations.Names names =
        host -> {
          lookUps.incrementAndGet();
          return new InetAddress[] {LOOPBACK};
        };
    return new Outbound(new Destinations(LISTED, names), tls, limit);
  }

  private static SSLSocketFactory plain() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  private URI uri(String scheme, String host, String rest) {
    return URI.create(scheme + "://" + host + ":" + server.getAddress().getPort() + rest);
  }

  private void serve(HttpServer created) {
    server = created;
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
      seen.set(
          "%s %s %s %s %s"
              .formatted(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  exchange.getRequestHeaders().getFirst("Host"),
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  body));
      exchange.sendResponseHeaders(200, 0); // 0: in chunks
      exchange.getResponseBody().write("answer".getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** A key with a certificate of its own, which the same context trusts. */
  private static SSLContext context(Path directory, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = directory.resolve("tls.p12");
    String password = "changeit";
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                password,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start()
            .waitFor();
    assertEquals(0, code);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, password.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("own", store.getCertificate("mykey"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}

package dev.signet.flow;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Two third-party services on a separate Payara Micro: the shop calls the stock. Each knows Signet
 * by three lines of configuration, and its tokens are checked by the server's MicroProfile JWT.
 */
final class MicroProfileServices {
  static final String SHOP = "https://shop.example.org";
  static final String STOCK = "https://stock.example.org";

  private static final Duration START = Duration.ofMinutes(4);

  private static Process process;
  private static Client client;

  private MicroProfileServices() {}

  /** Starts them, if need be, and registers the client that the shop is. */
  static synchronized Client client(Client administrator) {
    if (process == null) {
      try {
        start(shop(administrator));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      awaitReady();
    }
    return client;
  }

  static synchronized void stop() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
      process = null;
    }
  }

  /** It may exchange tokens that it gets for tokens that are good for the stock. */
  private static TestClients shop(Client administrator) {
    return TestClients.registered(
        administrator,
        Map.of(
            "grant_types",
            List.of("urn:ietf:params:oauth:grant-type:token-exchange"),
            "scope",
            "openid orders:read",
            "audience",
            List.of(STOCK, SHOP)));
  }

  private static void start(TestClients shop) throws IOException {
    Path directory =
        Files.createDirectories(Path.of(System.getProperty(ServerSession.DIRECTORY), "services"));
    String url = "http://localhost:" + Ports.free().http();
    String signet = System.getProperty(ServerSession.URL);
    Path shopWar =
        war(
            directory.resolve("shop.war"),
            "org.example.shop",
            SHOP,
            Map.of(
                "token.endpoint",
                signet + "/oauth2/token",
                "client.id",
                shop.id(),
                "client.secret",
                shop.secret(),
                "stock.url",
                url + "/stock"));
    Path stockWar = war(directory.resolve("stock.war"), "org.example.stock", STOCK, Map.of());
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@payara-config/jvm.options",
                "-Xms128m",
                "-Xmx384m",
                "-Xmn96m",
                "-jar",
                "target/servers/payara-micro.jar",
                "--deploy",
                shopWar.toString(),
                "--deploy",
                stockWar.toString(),
                "--nocluster",
                "--disablephonehome",
                "--rootdir",
                directory.resolve("server").toString(),
                "--port",
                url.substring(url.lastIndexOf(':') + 1))
            .redirectErrorStream(true)
            .redirectOutput(log())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    client = Client.of(url);
  }

  /** The three lines of the guide for microservices. */
  private static Path war(Path file, String classes, String audience, Map<String, String> more) {
    String signet = System.getProperty(ServerSession.URL);
    String properties =
        """
        mp.jwt.verify.publickey.location=%1$s/.well-known/jwks.json
        mp.jwt.verify.issuer=%1$s
        mp.jwt.verify.audiences=%2$s
        """
            .formatted(signet, audience);
    String further =
        more.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
            .collect(Collectors.joining());
    ShrinkWrap.create(WebArchive.class, file.getFileName().toString())
        .addPackage(classes)
        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
        .addAsResource(
            new StringAsset(properties + further), "META-INF/microprofile-config.properties")
        .as(ZipExporter.class)
        .exportTo(file.toFile(), true);
    return file;
  }

  private static void awaitReady() {
    long end = System.nanoTime() + START.toNanos();
    while (!List.of(401, 403).contains(status("/shop/orders"))
        || !List.of(401, 403).contains(status("/stock/levels"))) {
      try {
        if (process.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
          throw new IllegalStateException("The services are not ready; see " + log());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static int status(String path) {
    try {
      return client.get(path).status();
    } catch (UncheckedIOException e) {
      return 0; // It does not listen yet.
    }
  }

  private static File log() {
    return Path.of(System.getProperty(ServerSession.DIRECTORY), "services.log").toFile();
  }
}

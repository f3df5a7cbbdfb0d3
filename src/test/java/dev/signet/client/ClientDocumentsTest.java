package dev.signet.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.signet.outbound.TestOutbound;
import dev.signet.settings.DocumentSettings;
import dev.signet.settings.Profile;
import dev.signet.settings.RegistrationSettings;
import dev.signet.settings.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientDocumentsTest {
  private static final Optional<Client> NEVER_STORED = Optional.empty();
  private static final String MCP = "https://mcp.example.org";

  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final ClientDocuments documents = documents(Set.of("localhost"), true);
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private volatile int status = 200;
  private volatile String type = "application/json";
  private volatile String cacheControl = "max-age=600";
  private volatile String name = "Tool";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          byte[] bytes = document().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.getResponseHeaders().add("Cache-Control", cacheControl);
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void clientIsAsItsDocumentSaysWithinTheLimitsOfSelfRegistration() {
    Client client = documents.find(address(), NEVER_STORED).orElseThrow();

    assertEquals(address(), client.id());
    assertEquals("Tool", client.name());
    assertEquals(Optional.of("localhost:" + port()), client.host());
    assertEquals("mcp:tools", client.scope().toString());
    assertEquals(Optional.of(List.of(MCP)), client.audience(List.of(MCP + "/"), "usual"));
    assertTrue(client.metadata().requireConsent());
    assertTrue(client.metadata().requirePkce());
    assertEquals(List.of(), client.groups());
  }

  @Test
  void documentIsRememberedForAsLongAsItSaysWithinBounds() {
    for (String[] each :
        new String[][] {
          {"max-age=600", "600"},
          {"public, max-age=1", "300"},
          {"no-store", "300"},
          {"max-age=99999999", "86400"},
          {"public", "3600"}
        }) {
      cacheControl = each[0];
      find();
      int before = requests.get();
      clock.advance(Duration.ofSeconds(Long.parseLong(each[1]) - 1));
      find();
      assertEquals(before, requests.get(), each[0]);
      clock.advance(Duration.ofSeconds(1));
      find();
      assertEquals(before + 1, requests.get(), each[0]);
      clock.advance(Duration.ofDays(2));
    }
  }

  @Test
  void errorsAndMalformedDocumentsAreNeverRemembered() {
    status = 404;
    assertFalse(find());
    status = 200;
    type = "text/html";
    assertFalse(find());
    type = "application/vnd.client+json; charset=utf-8";
    name = "";
    assertFalse(find());
    name = "Tool";
    assertTrue(find());
    assertEquals(4, requests.get());
  }

  @Test
  void redirectIsNotFollowed() {
    status = 302;

    assertFalse(find());
    assertEquals(1, requests.get());
  }

  @Test
  void knownDocumentOutlivesAnOutageAndNotItsDeletion() {
    Optional<Client> stored = documents.find(address(), NEVER_STORED);
    status = 503;
    clock.advance(Duration.ofDays(1));

    assertTrue(find());
    clock.advance(Duration.ofSeconds(29));
    assertTrue(find());
    assertEquals(2, requests.get(), "a host that does not answer is left alone for a while");
    ClientDocuments restarted = documents(Set.of("localhost"), true);
    assertTrue(restarted.find(address(), stored).isPresent(), "what a user let in is stored");
    assertFalse(
        documents(Set.of("localhost"), true).find(address(), NEVER_STORED).isPresent(),
        "nobody knows it yet");
    status = 410;
    clock.advance(Duration.ofSeconds(1));
    assertFalse(documents.find(address(), stored).isPresent());
  }

  @Test
  void hostThatIsNotAllowedIsNotAsked() {
    for (ClientDocuments strict :
        List.of(
            documents(Set.of(), true),
            documents(Set.of("tool.example.org"), true),
            documents(Set.of("localhost"), false))) {
      assertFalse(strict.find(address(), NEVER_STORED).isPresent());
    }
    assertFalse(documents.find("http://localhost:" + port(), NEVER_STORED).isPresent());
    assertFalse(documents.find("tool", NEVER_STORED).isPresent());
    assertEquals(0, requests.get());
  }

  private boolean find() {
    return documents.find(address(), NEVER_STORED).isPresent();
  }

  private ClientDocuments documents(Set<String> hosts, boolean local) {
    return new ClientDocuments(
        TestOutbound.toLoopback(),
        TestAlgorithms.rs256(),
        new ProfileRules(Profile.NONE),
        new DocumentSettings(Optional.of(hosts), local),
        new RegistrationSettings(
            RegistrationSettings.Reveal.NAMES,
            RegistrationSettings.Clients.OFF,
            List.of(MCP),
            Optional.of(Set.of("mcp:tools"))),
        clock);
  }

  private String document() {
    return """
        {"client_id": "%s", "client_name": "%s", "redirect_uris": ["https://tool.example.org/back"],
         "require_consent": false, "groups": ["admin"], "scope": "mcp:tools admin"}
        """
        .formatted(address(), name);
  }

  private String address() {
    return "http://localhost:" + port() + "/client.json";
  }

  private int port() {
    return server.getAddress().getPort();
  }
}

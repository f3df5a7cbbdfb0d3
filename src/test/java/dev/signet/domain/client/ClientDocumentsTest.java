package dev.signet.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.DocumentSettings;
import dev.signet.base.settings.Profile;
import dev.signet.base.settings.RegistrationSettings;
import dev.signet.base.settings.TestClock;
import dev.signet.domain.outbound.TestOutbound;
import dev.signet.domain.outbound.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClientDocumentsTest {
  private static final Optional<Client> NEVER_STORED = Optional.empty();
  private static final String MCP = "https://mcp.example.org";

  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final ClientDocuments documents = documents(Set.of("localhost"), true);
  private volatile String name = "Tool";

  @RegisterExtension private final TestServer server = new TestServer(this::document);

  @BeforeEach
  void describe() {
    server.setHeader("Content-Type", "application/json");
    server.setHeader("Cache-Control", "max-age=600");
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
      server.setHeader("Cache-Control", each[0]);
      find();
      int before = server.requests();
      clock.advance(Duration.ofSeconds(Long.parseLong(each[1]) - 1));
      find();
      assertEquals(before, server.requests(), each[0]);
      clock.advance(Duration.ofSeconds(1));
      find();
      assertEquals(before + 1, server.requests(), each[0]);
      clock.advance(Duration.ofDays(2));
    }
  }

  @Test
  void errorsAndMalformedDocumentsAreNeverRemembered() {
    server.setStatus(404);
    assertFalse(find());
    server.setStatus(200);
    server.setHeader("Content-Type", "text/html");
    assertFalse(find());
    server.setHeader("Content-Type", "application/vnd.client+json; charset=utf-8");
    name = "";
    assertFalse(find());
    name = "Tool";
    assertTrue(find());
    assertEquals(4, server.requests());
  }

  @Test
  void redirectIsNotFollowed() {
    server.setStatus(302);

    assertFalse(find());
    assertEquals(1, server.requests());
  }

  @Test
  void knownDocumentOutlivesAnOutageAndNotItsDeletion() {
    Optional<Client> stored = documents.find(address(), NEVER_STORED);
    server.setStatus(503);
    clock.advance(Duration.ofDays(1));

    assertTrue(find());
    clock.advance(Duration.ofSeconds(29));
    assertTrue(find());
    assertEquals(2, server.requests(), "a host that does not answer is left alone for a while");
    ClientDocuments restarted = documents(Set.of("localhost"), true);
    assertTrue(restarted.find(address(), stored).isPresent(), "what a user let in is stored");
    assertFalse(
        documents(Set.of("localhost"), true).find(address(), NEVER_STORED).isPresent(),
        "nobody knows it yet");
    server.setStatus(410);
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
    assertEquals(0, server.requests());
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
    return server.port();
  }
}

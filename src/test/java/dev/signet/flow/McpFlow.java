package dev.signet.flow;

import static dev.signet.flow.Visitor.assertError;
import static dev.signet.flow.Visitor.code;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Clients that are not registered in advance, such as AI tools, request tokens for an MCP server.
 */
interface McpFlow extends Flow {
  String MCP = "https://mcp.example.org";

  /** RFC 8707: the tool composes the address from a parsed URL, and sends the slash. */
  @Test
  default void selfRegisteredClientGetsATokenForTheResourceThatItNames() throws IOException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients tool = tool();
    Visitor visitor = new Visitor(client());

    Client.Reply consent = visitor.logIn(request(tool, MCP + "/"), ada.username());
    String code = code(visitor.decide(consent, "allow"));
    JsonNode tokens = visitor.redeem(tool, code, Map.of("resource", MCP + "/")).json();

    assertEquals("mcp:tools offline_access", tokens.path("scope").asText(), tokens::toString);
    assertEquals(List.of(MCP), audience(tokens));
    JsonNode later =
        visitor
            .refresh(tool, tokens.path("refresh_token").asText(), Map.of("resource", MCP))
            .json();
    assertEquals(List.of(MCP), audience(later));
  }

  @Test
  default void selfRegisteredClientGetsNothingThatIsNotListed() throws IOException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients tool = tool();
    Visitor visitor = new Visitor(client());

    assertError("invalid_target", visitor.authorize(request(tool, "https://bank.example.org")));
    Map<String, String> more = request(tool, MCP);
    more.put("scope", "mcp:tools admin");
    assertError("invalid_scope", visitor.authorize(more));
    Map<String, String> usual = request(tool, MCP);
    usual.remove("resource");
    String code = code(visitor.decide(visitor.logIn(usual, ada.username()), "allow"));
    assertEquals(
        List.of(System.getProperty(ServerSession.URL)),
        audience(visitor.redeem(tool, code).json()),
        "without a resource, the token is for the usual audience only");
  }

  /** What only an administrator registers is not widened by what others may register. */
  @Test
  default void listForSelfRegisteredClientsIsForNoOtherClient() {
    TestClients app =
        TestClients.app(
            TestUsers.administrator(client()), Map.of("scope", "mcp:tools offline_access"));

    assertError("invalid_target", new Visitor(client()).authorize(request(app, MCP)));
  }

  /** A client with an OAuth Client ID Metadata Document, which is not registered. */
  @Test
  default void clientIsKnownByItsDocument() throws IOException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    try (Published document = Published.json(McpFlow::document)) {
      TestClients tool = new TestClients(document.uri("localhost"), "");
      Visitor visitor = new Visitor(client());

      Client.Reply consent = visitor.logIn(request(tool, MCP), ada.username());
      String host = tool.id().substring("http://".length(), tool.id().indexOf("/document"));
      assertTrue(consent.body().contains("identified by the website " + host), consent::toString);
      JsonNode tokens = visitor.redeem(tool, code(visitor.decide(consent, "allow"))).json();

      String token = tokens.path("access_token").asText();
      assertEquals(tool.id(), Forgery.part(token, 1).path("client_id").asText());
      assertEquals(List.of(MCP), audience(tokens));
      JsonNode later = visitor.refresh(tool, tokens.path("refresh_token").asText()).json();
      assertEquals(List.of(MCP), audience(later));
      code(visitor.authorize(request(tool, MCP)));
      assertEquals(1, document.requests(), "it is remembered");
      Client.Reply consents = ada.client().get("/api/me/consents");
      assertEquals(tool.id(), consents.json().path("items").path(0).path("client_id").asText());
      String withdrawal = "/api/me/consents?client_id=" + TestClients.encode(tool.id());
      assertEquals(204, ada.client().delete(withdrawal).status());
      Client.Reply refused = visitor.refresh(tool, later.path("refresh_token").asText());
      assertEquals("invalid_grant", refused.json().path("error").asText(), refused::toString);
      String deletion = "/api/admin/clients?client_id=" + TestClients.encode(tool.id());
      assertEquals(204, TestUsers.administrator(client()).delete(deletion).status());
      assertEquals(404, TestUsers.administrator(client()).delete(deletion).status());
    }
  }

  @Test
  default void clientWithADocumentPushesItsRequestBeforeAnybodyKnowsIt() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    try (Published document = Published.json(McpFlow::document)) {
      TestClients tool = new TestClients(document.uri("localhost"), "");
      String form = TestClients.encoded(request(tool, MCP));
      Client.Reply pushed = client().send(TestClients.form(client(), "/oauth2/par", form));
      assertEquals(201, pushed.status(), pushed::toString);
      String uri = pushed.json().path("request_uri").asText();
      Visitor visitor = new Visitor(client());

      Client.Reply consent =
          visitor.logIn(Map.of("client_id", tool.id(), "request_uri", uri), ada.username());

      code(visitor.decide(consent, "allow"));
    }
  }

  @Test
  default void documentThatIsNotItsClientsGetsAPageAndNoRedirect() {
    try (Published other = Published.json(address -> document(address + "/other"));
        Published secret =
            Published.json(address -> document(address).replace("}", ",\"client_secret\":\"x\"}"));
        Published elsewhere =
            Published.json(
                address -> document(address).replace("app.example.org", "evil.example.org"));
        Published good = Published.json(McpFlow::document)) {
      for (String id :
          List.of(
              other.uri("localhost"),
              secret.uri("localhost"),
              elsewhere.uri("localhost"),
              good.uri("127.0.0.1"),
              good.uri("localhost") + "#x",
              "https://not-allowed.example.org/client.json")) {
        Visitor.assertPage(
            400,
            "This link does not work",
            new Visitor(client()).authorize(request(new TestClients(id, ""), MCP)));
      }
      assertEquals(0, good.requests());
    }
  }

  @Test
  default void metadataSaysThatClientsMayHaveADocument() {
    JsonNode metadata = client().get("/.well-known/oauth-authorization-server").json();

    assertTrue(metadata.path("client_id_metadata_document_supported").asBoolean());
  }

  private static String document(String address) {
    return """
        {"client_id": "%s", "client_name": "Tool", "redirect_uris": ["%s"],
         "grant_types": ["authorization_code", "refresh_token"]}
        """
        .formatted(address, TestClients.CALLBACK);
  }

  private TestClients tool() {
    Client.Reply reply =
        TestUsers.administrator(client())
            .post(
                RegistrationFlow.REGISTER,
                Map.of(
                    "client_name",
                    "Tool",
                    "redirect_uris",
                    List.of(TestClients.CALLBACK),
                    "grant_types",
                    List.of("authorization_code", "refresh_token"),
                    "token_endpoint_auth_method",
                    "none",
                    "scope",
                    "mcp:tools offline_access admin"));
    assertEquals(201, reply.status(), reply::toString);
    assertEquals("mcp:tools offline_access", reply.json().path("scope").asText());
    assertTrue(reply.json().path("require_consent").asBoolean(), reply::toString);
    return new TestClients(reply.json().path("client_id").asText(), "");
  }

  private static Map<String, String> request(TestClients tool, String resource) {
    Map<String, String> request = Visitor.request(tool);
    request.put("scope", "mcp:tools offline_access");
    request.put("resource", resource);
    return request;
  }

  private static List<String> audience(JsonNode tokens) throws IOException {
    JsonNode claim = Forgery.part(tokens.path("access_token").asText(), 1).path("aud");
    return claim.isArray()
        ? StreamSupport.stream(claim.spliterator(), false).map(JsonNode::asText).toList()
        : List.of(claim.asText());
  }
}

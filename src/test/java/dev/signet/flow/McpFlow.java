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

/** Clients that nobody knows beforehand, such as AI tools, ask for tokens of an MCP server. */
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
        TestClients.app(TestUsers.administrator(client()), Map.of("scope", "mcp:tools offline_access"));

    assertError("invalid_target", new Visitor(client()).authorize(request(app, MCP)));
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

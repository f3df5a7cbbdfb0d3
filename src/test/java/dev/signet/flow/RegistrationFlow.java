package dev.signet.flow;

import static dev.signet.flow.TestUsers.freshAddress;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that register and manage themselves (RFC 7591, RFC 7592). */
interface RegistrationFlow extends Flow {
  String REGISTER = "/oauth2/register";
  List<String> REDIRECT_URIS = List.of("https://app.example.org/back");

  @Test
  default void clientRegistersItselfWithATokenThatAllowsIt() {
    Client.Reply reply = registrar().post(REGISTER, asked(Map.of("client_name", "Photos")));

    assertEquals(201, reply.status(), reply::toString);
    assertEquals("no-store", reply.header("Cache-Control").orElse(""));
    JsonNode client = reply.json();
    String id = client.path("client_id").asText();
    assertEquals("Photos", client.path("client_name").asText());
    assertEquals("[\"authorization_code\"]", client.path("grant_types").toString());
    assertEquals("[\"code\"]", client.path("response_types").toString());
    assertEquals("client_secret_basic", client.path("token_endpoint_auth_method").asText());
    assertEquals(
        "email mcp:tools offline_access openid profile", sorted(client.path("scope").asText()));
    assertEquals(43, client.path("client_secret").asText().length());
    assertEquals(0, client.path("client_secret_expires_at").asLong(-1));
    assertTrue(client.path("client_id_issued_at").asLong() > 1_700_000_000L);
    assertEquals(43, client.path("registration_access_token").asText().length());
    assertEquals(
        System.getProperty(ServerSession.URL) + REGISTER + "/" + id,
        client.path("registration_client_uri").asText());
    JsonNode shown = TestUsers.administrator(client()).get("/api/admin/clients/" + id).json();
    assertEquals("Photos", shown.path("client_name").asText());
    assertFalse(shown.toString().contains("registration"), shown::toString);
  }

  @Test
  default void publicClientGetsNoSecret() {
    JsonNode client =
        register(asked(Map.of("token_endpoint_auth_method", "none", "unknown_member", "x")));

    assertFalse(client.has("client_secret"), client::toString);
    assertFalse(client.has("client_secret_expires_at"), client::toString);
    assertFalse(client.has("unknown_member"), client::toString);
  }

  @Test
  default void registrationNeedsATokenThatAllowsIt() {
    Map<String, Object> asked = asked(Map.of());

    Client.Reply without = client().post(REGISTER, asked);
    assertEquals(401, without.status(), without::toString);
    assertFalse(without.header("WWW-Authenticate").orElseThrow().contains("error"));
    assertRefused(
        403, "insufficient_scope", TestUsers.loggedIn(client()).client().post(REGISTER, asked));
    TestClients service = TestClients.service(TestUsers.administrator(client()));
    Client other = client().withToken(service.accessToken(client(), Map.of()));
    assertRefused(403, "insufficient_scope", other.post(REGISTER, asked));
    assertRefused(401, "invalid_token", client().withToken("garbage").post(REGISTER, asked));
    assertEquals(201, TestUsers.administrator(client()).post(REGISTER, asked).status());
  }

  @Test
  default void whatOnlyAdministratorsDecideIsIgnored() {
    JsonNode client =
        register(
            asked(
                Map.of(
                    "client_id",
                    "chosen-by-itself",
                    "groups",
                    List.of("admin"),
                    "audience",
                    List.of("https://bank.example.org"),
                    "require_consent",
                    false,
                    "require_pkce",
                    false)));

    assertFalse("chosen-by-itself".equals(client.path("client_id").asText()));
    assertEquals("[]", client.path("groups").toString());
    assertEquals("[]", client.path("audience").toString());
    assertTrue(client.path("require_consent").asBoolean());
    assertTrue(client.path("require_pkce").asBoolean());
  }

  @Test
  default void metadataThatIsRefusedIsToldInTheWordsOfTheSpecification() {
    Client registrar = registrar();
    String redirect = "invalid_redirect_uri";
    String metadata = "invalid_client_metadata";

    assertError(redirect, registrar.post(REGISTER, Map.of()));
    assertError(
        redirect,
        registrar.post(REGISTER, Map.of("redirect_uris", List.of("javascript:alert(1)"))));
    assertError(
        metadata,
        registrar.post(REGISTER, asked(Map.of("token_endpoint_auth_method", "tls_client_auth"))));
    assertError(
        metadata,
        registrar.post(REGISTER, asked(Map.of("grant_types", List.of("client_credentials")))));
    assertError(metadata, registrar.post(REGISTER, asked(Map.of("grant_types", "implicit"))));
    assertError(metadata, text(registrar, "application/json", "{\"grant_types\":[null]}"));
    assertError(
        metadata, registrar.post(REGISTER, asked(Map.of("logo_uri", "data:image/png;base64,x"))));
    assertError(metadata, text(registrar, "application/json", "{\"redirect_uris\":"));
    assertError(metadata, text(registrar, "application/json", ""));
    assertError(metadata, text(registrar, "application/json", "[]"));
    assertEquals(415, text(registrar, "text/plain", "{}").status());
    assertEquals(405, registrar.get(REGISTER).status());
  }

  @Test
  default void redirectUriThatIsRefusedIsNamedWithTheReason() {
    Client.Reply reply =
        registrar().post(REGISTER, Map.of("redirect_uris", List.of("http://app.example.org/")));

    assertError("invalid_redirect_uri", reply);
    String description = reply.json().path("error_description").asText();
    assertTrue(description.contains("http://app.example.org/, which must use https"), description);
  }

  @Test
  default void algorithmThatIsNotDoneIsRefused() {
    String member = "id_token_signed_response_alg";
    // The one in use comes first.
    String done =
        client()
            .get("/.well-known/openid-configuration")
            .json()
            .path("id_token_signing_alg_values_supported")
            .path(0)
            .asText();
    JsonNode client = register(asked(Map.of(member, done)));
    assertEquals(done, client.path(member).asText(), client::toString);
    String id = client.path("client_id").asText();
    Client itself = client().withToken(client.path("registration_access_token").asText());
    Client administrator = TestUsers.administrator(client());

    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of(member, "HS256"),
            Map.of("id_token_encrypted_response_alg", "RSA-OAEP"),
            Map.of("userinfo_signed_response_alg", "RS256"),
            Map.of("request_object_signing_alg", "none"))) {
      String refused = "invalid_client_metadata";
      assertError(refused, registrar().post(REGISTER, asked(wrong)));
      Map<String, Object> change = asked(wrong);
      change.put("client_id", id);
      assertError(refused, itself.put(REGISTER + "/" + id, change));
      Client.Reply reply = administrator.post("/api/admin/clients", asked(wrong));
      Problems.assertProblem(400, "invalid-input", reply, wrong.keySet().toArray(String[]::new));
    }
  }

  @Test
  default void clientShowsChangesAndDeletesItself() {
    JsonNode client = register(asked(Map.of("client_name", "Photos")));
    String path = REGISTER + "/" + client.path("client_id").asText();
    Client itself = client().withToken(client.path("registration_access_token").asText());

    Client.Reply shown = itself.get(path);
    assertEquals(200, shown.status(), shown::toString);
    assertFalse(shown.json().has("client_secret"), shown::toString);
    for (String member :
        List.of("client_name", "registration_client_uri", "registration_access_token")) {
      assertEquals(client.path(member), shown.json().path(member), member);
    }

    Map<String, Object> change = asked(Map.of("client_id", client.path("client_id").asText()));
    assertError("invalid_client_metadata", itself.put(path, asked(Map.of("client_name", "x"))));
    change.put("client_secret", "another");
    assertError("invalid_client_metadata", itself.put(path, change));
    change.put("client_secret", client.path("client_secret").asText());
    change.put("tos_uri", "https://app.example.org/terms");
    Client.Reply changed = itself.put(path, change);
    assertEquals(200, changed.status(), changed::toString);
    assertFalse(changed.json().has("client_name"), "absent is deleted");
    assertEquals("https://app.example.org/terms", changed.json().path("tos_uri").asText());
    Client.Reply limited = itself.from(freshAddress()).put(path, change);
    assertTrue(LimitFlow.registrations(limited) > 0, "a change may fetch an address");

    assertEquals(204, itself.delete(path).status());
    assertRefused(401, "invalid_token", itself.get(path));
  }

  @Test
  default void onlyItsOwnTokenManagesAClient() {
    JsonNode client = register(asked(Map.of()));
    JsonNode other = register(asked(Map.of()));
    String path = REGISTER + "/" + client.path("client_id").asText();
    Client stranger = client().withToken(other.path("registration_access_token").asText());

    for (Client wrong : List.of(stranger, TestUsers.administrator(client()))) {
      assertRefused(401, "invalid_token", wrong.get(path));
      assertRefused(401, "invalid_token", wrong.put(path, asked(Map.of())));
      assertRefused(401, "invalid_token", wrong.delete(path));
    }
    assertRefused(401, "invalid_token", stranger.get(REGISTER + "/nobody-here"));
    Client.Reply without = client().get(path);
    assertEquals(401, without.status(), without::toString);
    assertFalse(without.header("WWW-Authenticate").orElseThrow().contains("error"));
  }

  @Test
  default void sectorMustListTheRedirectUrisOfWhoClaimsIt() {
    Map<String, Object> asked = asked(Map.of());
    try (Published good =
            Published.of("[\"https://app.example.org/back\", \"https://x.example\"]");
        Published bad = Published.of("[\"https://x.example\"]");
        Published none = Published.of("no JSON");
        Published nothing = Published.of("null")) {
      asked.put("sector_identifier_uri", good.uri("localhost"));
      register(asked);
      for (String uri :
          List.of(
              bad.uri("localhost"),
              none.uri("localhost"),
              nothing.uri("localhost"),
              good.uri("127.0.0.1"))) {
        asked.put("sector_identifier_uri", uri);
        assertError("invalid_client_metadata", registrar().post(REGISTER, asked));
      }
      assertEquals(1, good.requests());
    }
  }

  /** The device grant involves no redirect. */
  @Test
  default void clientOfADeviceJoinsNoSector() {
    Map<String, Object> pairwise = asked(Map.of("subject_type", "pairwise"));
    Map<String, Object> device = new HashMap<>(pairwise);
    device.put("grant_types", List.of(DeviceFlow.GRANT));
    assertError("invalid_client_metadata", registrar().post(REGISTER, device));

    JsonNode client = register(pairwise);
    String id = client.path("client_id").asText();
    Client itself = client().withToken(client.path("registration_access_token").asText());
    device.put("client_id", id);
    assertError("invalid_client_metadata", itself.put(REGISTER + "/" + id, device));
    pairwise.put("client_id", id);
    assertEquals(200, itself.put(REGISTER + "/" + id, pairwise).status());
    pairwise.put("redirect_uris", List.of("https://bank.example.org/back"));
    assertError("invalid_client_metadata", itself.put(REGISTER + "/" + id, pairwise));
  }

  private Client registrar() {
    TestClients registrar =
        TestClients.registered(
            TestUsers.administrator(client()),
            Map.of(
                "grant_types",
                List.of("client_credentials"),
                "groups",
                List.of("client-registrar")));
    return client().withToken(registrar.accessToken(client(), Map.of()));
  }

  private JsonNode register(Map<String, Object> asked) {
    Client.Reply reply = registrar().post(REGISTER, asked);
    assertEquals(201, reply.status(), reply::toString);
    return reply.json();
  }

  private static Map<String, Object> asked(Map<String, Object> members) {
    Map<String, Object> all = new HashMap<>(members);
    all.put("redirect_uris", REDIRECT_URIS);
    return all;
  }

  private static Client.Reply text(Client client, String type, String body) {
    return client.send(
        client.request(REGISTER).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  private static String sorted(String scope) {
    return String.join(" ", List.of(scope.split(" ", -1)).stream().sorted().toList());
  }

  private static void assertError(String error, Client.Reply reply) {
    assertEquals(400, reply.status(), reply::toString);
    assertEquals(error, reply.json().path("error").asText(), reply::toString);
    assertTrue(reply.json().has("error_description"), reply::toString);
  }

  private static void assertRefused(int status, String error, Client.Reply reply) {
    assertEquals(status, reply.status(), reply::toString);
    assertEquals(error, reply.json().path("error").asText(), reply::toString);
    String challenge = reply.header("WWW-Authenticate").orElse("");
    assertTrue(
        challenge.startsWith("Bearer realm=\"Signet\", error=\"" + error + "\","), challenge);
  }
}

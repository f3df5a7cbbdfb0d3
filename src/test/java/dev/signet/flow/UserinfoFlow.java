package dev.signet.flow;

import static dev.signet.flow.Visitor.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a client is told of its user, and when it is not (OIDC Core, section 5.3; RFC 6750). */
interface UserinfoFlow extends Flow {
  String USERINFO = "/oauth2/userinfo";

  @Test
  default void scopesDecideWhatTheClientIsTold() {
    Client administrator = TestUsers.administrator(client());
    TestUsers.Person ada = TestUsers.loggedIn(client());
    String email = ada.username() + "@example.org";
    assertEquals(200, ada.client().patch("/api/me", Map.of("email", email)).status());
    TestClients app = app(administrator);

    JsonNode all = told(app, ada, request(app, "scope", "openid profile email groups"));

    assertEquals(ada.id(), all.path("sub").asText());
    assertEquals(ada.username(), all.path("preferred_username").asText());
    assertEquals(email, all.path("email").asText());
    assertEquals("false", all.path("email_verified").toString(), "nobody has checked it");
    assertEquals("[\"user\"]", all.path("groups").toString());
    assertTrue(all.path("updated_at").isIntegralNumber(), all::toString);
    assertEquals(6, all.size(), all::toString);
    assertEquals(Set.of("sub"), names(told(app, ada, request(app, "scope", "openid"))));
    assertEquals(
        Set.of("sub", "preferred_username", "updated_at"),
        names(told(app, ada, request(app, "scope", "openid profile"))));
  }

  @Test
  default void claimsParameterAsksForOneByOne() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(TestUsers.administrator(client()));
    Map<String, String> asking =
        request(app, "claims", "{\"userinfo\":{\"groups\":null,\"phone_number\":null}}");
    asking.put("scope", "openid");

    assertEquals(Set.of("sub", "groups"), names(told(app, ada, asking)));
  }

  @Test
  default void tokenComesInTheHeaderOrInTheBody() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(TestUsers.administrator(client()));
    String token = accessToken(app, ada, request(app));
    Client caller = client().withToken(token);

    List<Client.Reply> replies =
        List.of(
            caller.get(USERINFO),
            caller.send(caller.request(USERINFO).POST(BodyPublishers.noBody())),
            caller.send(TestClients.form(caller, USERINFO, "")),
            body(client(), token));

    for (Client.Reply reply : replies) {
      assertEquals(200, reply.status(), reply::toString);
      assertEquals(ada.id(), reply.json().path("sub").asText());
      assertEquals("no-store", reply.header("Cache-Control").orElse(""));
      assertTrue(reply.header("Content-Type").orElse("").startsWith("application/json"));
    }
  }

  @Test
  default void tokenMayBeForAnotherService() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app =
        TestClients.app(
            TestUsers.administrator(client()), Map.of("audience", List.of(TestClients.ORDERS)));
    String token = accessToken(app, ada, request(app));

    assertEquals(200, client().withToken(token).get(USERINFO).status());
    assertEquals(401, client().withToken(token).get("/api/me").status());
  }

  @Test
  default void answersTellTheirLimit() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(TestUsers.administrator(client()));
    String token = accessToken(app, ada, request(app));
    Client caller = client().from(TestUsers.freshAddress()).withToken(token);

    for (Client.Reply reply :
        List.of(caller.get(USERINFO), caller.send(TestClients.form(caller, USERINFO, "")))) {
      assertEquals(200, reply.status(), reply::toString);
      assertEquals(
          Optional.of("\"userinfo-source\";q=60000;w=60"), reply.header("RateLimit-Policy"));
    }
  }

  @Test
  default void withoutAGoodTokenNothingIsTold() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(TestUsers.administrator(client()));
    String token = accessToken(app, ada, request(app));

    Client.Reply none = client().get(USERINFO);
    assertEquals(401, none.status(), none::toString);
    String challenge = none.header("WWW-Authenticate").orElse("");
    assertTrue(challenge.startsWith("Bearer realm="), challenge);
    assertTrue(!challenge.contains("error"), challenge);
    assertTrue(!none.json().has("error"), none::toString);
    assertRefused(401, "invalid_token", client().withToken("garbage").get(USERINFO));
    assertRefused(401, "invalid_token", client().withToken(token + "A").get(USERINFO));
    assertRefused(401, "invalid_token", body(client(), "garbage"));
    Client.Reply inQuery = client().get(USERINFO + "?access_token=" + token);
    assertEquals(401, inQuery.status(), inQuery::toString);
    Client.Reply twice = body(client().withToken(token), token);
    assertEquals(400, twice.status(), twice::toString);
    assertEquals("invalid_request", twice.json().path("error").asText());
    Client.Reply repeated =
        client().send(TestClients.form(client(), USERINFO, "access_token=a&access_token=b"));
    assertRefused(400, "invalid_request", repeated);
  }

  @Test
  default void clientsOwnTokenIsToldThatItIsOfNoUser() {
    TestClients service =
        TestClients.registered(
            TestUsers.administrator(client()),
            Map.of("grant_types", List.of("client_credentials"), "scope", "openid"));
    String token = service.token(client()).json().path("access_token").asText();

    Client.Reply reply = client().withToken(token).get(USERINFO);

    assertRefused(401, "invalid_token", reply);
    assertTrue(
        reply.json().path("error_description").asText().contains("not for a user"),
        reply::toString);
  }

  @Test
  default void tokenNeedsTheScopeOpenid() {
    Client administrator = TestUsers.administrator(client());
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(administrator);
    String token = accessToken(app, ada, request(app, "scope", "profile orders:read"));
    String service =
        TestClients.service(administrator).token(client()).json().path("access_token").asText();

    assertRefused(403, "insufficient_scope", client().withToken(token).get(USERINFO));
    Client.Reply reply = ada.client().get(USERINFO);
    assertRefused(403, "insufficient_scope", reply);
    assertTrue(
        reply.header("WWW-Authenticate").orElse("").contains("scope=\"openid\""), reply::toString);
    assertRefused(403, "insufficient_scope", client().withToken(service).get(USERINFO));
  }

  @Test
  default void clientOfADisabledOrDeletedUserLearnsNothing() {
    Client administrator = TestUsers.administrator(client());
    TestClients app = app(administrator);
    TestUsers.Person disabled = TestUsers.loggedIn(client());
    TestUsers.Person deleted = TestUsers.loggedIn(client());
    Client one = client().withToken(accessToken(app, disabled, request(app)));
    Client two = client().withToken(accessToken(app, deleted, request(app)));
    assertEquals(200, one.get(USERINFO).status());

    assertEquals(
        200, administrator.patch("/api/users/" + disabled.id(), Map.of("enabled", false)).status());
    assertEquals(204, administrator.delete("/api/users/" + deleted.id()).status());

    assertRefused(401, "invalid_token", one.get(USERINFO));
    assertRefused(401, "invalid_token", two.get(USERINFO));
  }

  @Test
  default void endedSessionAndDisabledClientAreToldNothing() throws IOException {
    Client administrator = TestUsers.administrator(client());
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(administrator);
    String token = accessToken(app, ada, request(app));
    String other = accessToken(app, ada, request(app));
    assertEquals(200, client().withToken(other).get(USERINFO).status());

    String session = Forgery.part(token, 1).path("sid").asText();
    assertEquals(204, ada.client().delete("/api/me/sessions/" + session).status());
    assertRefused(401, "invalid_token", client().withToken(token).get(USERINFO));
    Map<String, Object> metadata = new HashMap<>();
    administrator
        .get("/api/admin/clients/" + app.id())
        .json()
        .properties()
        .forEach(member -> metadata.put(member.getKey(), member.getValue()));
    metadata.put("enabled", false);
    assertEquals(200, administrator.put("/api/admin/clients/" + app.id(), metadata).status());
    assertRefused(401, "invalid_token", client().withToken(other).get(USERINFO));
  }

  private JsonNode told(TestClients app, TestUsers.Person user, Map<String, String> request) {
    Client.Reply reply = client().withToken(accessToken(app, user, request)).get(USERINFO);
    assertEquals(200, reply.status(), reply::toString);
    return reply.json();
  }

  private String accessToken(TestClients app, TestUsers.Person user, Map<String, String> request) {
    return OpenIdFlow.tokens(new Visitor(client()), app, user, request)
        .path("access_token")
        .asText();
  }

  private static TestClients app(Client administrator) {
    return TestClients.app(
        administrator, Map.of("scope", "openid profile email groups orders:read"));
  }

  private static Client.Reply body(Client caller, String token) {
    return caller.send(
        TestClients.form(caller, USERINFO, TestClients.encoded(Map.of("access_token", token))));
  }

  private static Set<String> names(JsonNode claims) {
    Set<String> names = new TreeSet<>();
    claims.properties().forEach(member -> names.add(member.getKey()));
    return names;
  }

  /** In the words of RFC 6750, section 3. */
  private static void assertRefused(int status, String error, Client.Reply reply) {
    assertEquals(status, reply.status(), reply::toString);
    String challenge = reply.header("WWW-Authenticate").orElse("");
    assertTrue(challenge.startsWith("Bearer "), reply::toString);
    assertTrue(challenge.contains("error=\"" + error + "\""), reply::toString);
    assertEquals(error, reply.json().path("error").asText(), reply::toString);
    String type = reply.header("Content-Type").orElse("");
    assertTrue(type.startsWith("application/json"), type);
  }
}

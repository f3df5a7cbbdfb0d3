package dev.signet.flow;

import static dev.signet.flow.TestClients.ORDERS;
import static dev.signet.flow.Visitor.code;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.domain.jose.TestProofs;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What an administrator takes from a client is in no further token, also of grants from before. A
 * refusal uses nothing up: what is registered again works again.
 */
interface WithdrawalFlow extends Flow {
  String STOCK = "https://stock.example.org";

  @Test
  default void withdrawnAudienceIsInNoFurtherToken() throws IOException {
    TestClients app = app(Map.of("audience", List.of(ORDERS, STOCK)));
    Visitor visitor = new Visitor(client());
    Map<String, String> request = Visitor.request(app);
    String person = person();
    String token = refreshToken(visitor.redeem(app, code(visitor.logIn(request, person))));
    String code = code(visitor.authorize(request));

    change(app, Map.of("audience", List.of("https://other.example.org")));
    assertError(400, "invalid_target", visitor.refresh(app, token));
    assertError(400, "invalid_target", visitor.redeem(app, code));

    change(app, Map.of("audience", List.of(STOCK)));
    assertError(400, "invalid_target", visitor.refresh(app, token, Map.of("resource", ORDERS)));
    for (Client.Reply reply : List.of(visitor.refresh(app, token), visitor.redeem(app, code))) {
      assertEquals(200, reply.status(), reply::toString);
      JsonNode audience = Forgery.part(reply.json().path("access_token").asText(), 1).path("aud");
      assertTrue(audience.toString().contains(STOCK), audience::toString);
      assertFalse(audience.toString().contains(ORDERS), audience::toString);
    }
  }

  @Test
  default void scopeThatIsWithdrawnWholeGivesNoToken() {
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Map<String, String> request = Visitor.request(app);
    request.put("scope", "openid profile");
    String token = refreshToken(visitor.redeem(app, code(visitor.logIn(request, person()))));
    String code = code(visitor.authorize(request));

    change(app, Map.of("scope", "other"));
    assertError(400, "invalid_scope", visitor.refresh(app, token));
    assertError(400, "invalid_scope", visitor.redeem(app, code));

    change(app, Map.of("scope", "profile"));
    for (Client.Reply reply : List.of(visitor.refresh(app, token), visitor.redeem(app, code))) {
      assertEquals("profile", reply.json().path("scope").asText(), reply::toString);
      assertFalse(reply.json().has("id_token"), reply::toString);
    }
  }

  @Test
  default void withdrawnGrantTypeAndDisabledClientGetNoToken() {
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Map<String, String> request = Visitor.request(app);
    String token = refreshToken(visitor.redeem(app, code(visitor.logIn(request, person()))));
    String code = code(visitor.authorize(request));

    change(app, Map.of("grant_types", List.of(DeviceFlow.GRANT), "response_types", List.of()));
    assertError(400, "unauthorized_client", visitor.refresh(app, token));
    assertError(400, "unauthorized_client", visitor.redeem(app, code));
    change(app, Map.of("enabled", false));
    assertError(401, "invalid_client", visitor.refresh(app, token));
    assertError(401, "invalid_client", visitor.redeem(app, code));

    change(
        app,
        Map.of(
            "enabled",
            true,
            "grant_types",
            List.of("authorization_code", "refresh_token"),
            "response_types",
            List.of("code")));
    assertEquals(200, visitor.redeem(app, code).status());
    assertEquals(200, visitor.refresh(app, token).status());
  }

  @Test
  default void whatIsDemandedLaterIsDemandedOfFormerGrants() {
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Map<String, String> request = Visitor.request(app);
    String token = refreshToken(visitor.redeem(app, code(visitor.logIn(request, person()))));
    String code = code(visitor.authorize(request));

    change(app, Map.of("require_consent", true));
    assertError(400, "invalid_grant", visitor.refresh(app, token));
    assertError(400, "invalid_grant", visitor.redeem(app, code));
    change(app, Map.of("require_consent", false, "dpop_bound_access_tokens", true));
    assertError(400, "invalid_dpop_proof", visitor.refresh(app, token));
    assertError(400, "invalid_grant", refreshWithProof(app, token));
    change(
        app,
        Map.of(
            "dpop_bound_access_tokens",
            false,
            "redirect_uris",
            List.of("https://app.example.org/other")));
    assertError(400, "invalid_grant", visitor.redeem(app, code));

    assertEquals(200, visitor.refresh(app, token).status());
  }

  /** OpenID Connect Core 1.0, sections 5.3.2 and 12.2. */
  @Test
  default void changedSubjectTypeEndsWhatWasGrantedBefore() throws IOException {
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Map<String, String> request = Visitor.request(app);
    Client.Reply first = visitor.redeem(app, code(visitor.logIn(request, person())));
    String token = refreshToken(first);
    String code = code(visitor.authorize(request));
    Client user = client().withToken(first.json().path("access_token").asText());

    change(app, Map.of("subject_type", "pairwise"));
    assertError(400, "invalid_grant", visitor.refresh(app, token));
    assertError(400, "invalid_grant", visitor.redeem(app, code));
    assertEquals(401, user.get("/oauth2/userinfo").status());

    change(app, Map.of("subject_type", "public"));
    Client.Reply again = visitor.refresh(app, token);
    assertEquals(subject(first), subject(again), again::toString);
    assertEquals(subject(first), subject(visitor.redeem(app, code)));
    assertEquals(200, user.get("/oauth2/userinfo").status());
  }

  private static String subject(Client.Reply reply) throws IOException {
    return Forgery.part(reply.json().path("id_token").asText(), 1).path("sub").asText();
  }

  @Test
  default void approvedDeviceGetsWhatItsClientIsRegisteredForNow() {
    TestClients television = TestClients.television(TestUsers.administrator(client()));
    JsonNode asked =
        send("/oauth2/device_authorization", Map.of("client_id", television.id())).json();
    Guest.registered(client()).letIn(URI.create(asked.path("verification_uri_complete").asText()));
    Map<String, String> poll =
        Map.of(
            "grant_type",
            DeviceFlow.GRANT,
            "client_id",
            television.id(),
            "device_code",
            asked.path("device_code").asText());

    change(television, Map.of("audience", List.of(STOCK)));
    assertError(400, "invalid_target", send("/oauth2/token", poll));
    change(television, Map.of("audience", List.of(), "scope", "other"));
    assertError(400, "invalid_scope", send("/oauth2/token", poll));
    change(television, Map.of("scope", "profile other", "subject_type", "pairwise"));
    assertError(400, "invalid_grant", send("/oauth2/token", poll));

    change(television, Map.of("subject_type", "public"));
    Map<String, String> elsewhere = new HashMap<>(poll);
    elsewhere.put("resource", STOCK);
    assertError(400, "invalid_target", send("/oauth2/token", elsewhere));
    Client.Reply reply = send("/oauth2/token", poll);
    assertEquals("profile", reply.json().path("scope").asText(), reply::toString);
  }

  /** The user agrees to what the page shows, and to nothing that comes back later. */
  @Test
  default void devicePageShowsWhatItsClientIsRegisteredForNow() {
    TestClients television = TestClients.television(TestUsers.administrator(client()));
    JsonNode asked =
        send(
                "/oauth2/device_authorization",
                Map.of("client_id", television.id(), "scope", "openid profile"))
            .json();
    Guest visitor = Guest.registered(client());
    String page = "/oauth2/device?user_code=" + asked.path("user_code").asText();
    Client.Reply full = visitor.submit(visitor.loggedInAt(page), Map.of());
    change(television, Map.of("scope", "other"));
    Client.Reply nothing = visitor.submit(visitor.loggedInAt(page), Map.of());
    change(television, Map.of("scope", "openid"));
    Client.Reply less = visitor.submit(visitor.loggedInAt(page), Map.of());

    assertEquals(400, nothing.status(), nothing::toString);
    assertEquals(permissions(full) - 1, permissions(less), less::toString);
    assertEquals(200, visitor.submit(less, Map.of("decision", "allow")).status());
    change(television, Map.of("scope", "openid profile"));
    Client.Reply reply =
        send(
            "/oauth2/token",
            Map.of(
                "grant_type",
                DeviceFlow.GRANT,
                "client_id",
                television.id(),
                "device_code",
                asked.path("device_code").asText()));
    assertEquals("openid", reply.json().path("scope").asText(), reply::toString);
  }

  private static long permissions(Client.Reply page) {
    return page.body().lines().filter(line -> line.contains("<li>")).count();
  }

  /** RFC 7662, section 2.2. */
  @Test
  default void refreshTokenThatWouldGiveNothingIsNotActive() {
    TestClients app = app(Map.of("token_endpoint_auth_method", "client_secret_post"));
    Visitor visitor = new Visitor(client());
    Map<String, String> secret = Map.of("client_secret", app.secret());
    String token =
        refreshToken(
            visitor.redeem(app, code(visitor.logIn(Visitor.request(app), person())), secret));
    Map<String, String> form = new HashMap<>(secret);
    form.put("client_id", app.id());
    form.put("token", token);
    assertTrue(send("/oauth2/introspect", form).json().path("active").asBoolean());

    for (Map<String, ?> less :
        List.of(
            Map.of("scope", "other"),
            Map.of("scope", "openid profile email orders:read", "audience", List.of(STOCK)),
            Map.of("audience", List.of(), "grant_types", List.of("authorization_code")))) {
      change(app, less);
      assertEquals("{\"active\":false}", send("/oauth2/introspect", form).body(), less::toString);
    }
  }

  private Client.Reply refreshWithProof(TestClients app, String token) {
    String proof =
        TestProofs.fresh()
            .proof(
                "POST",
                System.getProperty(ServerSession.URL) + "/oauth2/token",
                Clock.systemUTC().instant());
    Map<String, String> form =
        Map.of("grant_type", "refresh_token", "client_id", app.id(), "refresh_token", token);
    return client()
        .send(
            TestClients.form(client(), "/oauth2/token", TestClients.encoded(form))
                .header("DPoP", proof));
  }

  private Client.Reply send(String path, Map<String, String> form) {
    return client().send(TestClients.form(client(), path, TestClients.encoded(form)));
  }

  private void change(TestClients app, Map<String, ?> members) {
    app.change(TestUsers.administrator(client()), members);
  }

  private TestClients app(Map<String, ?> more) {
    return TestClients.app(TestUsers.administrator(client()), more);
  }

  private String person() {
    return TestUsers.loggedIn(client()).username();
  }

  private static String refreshToken(Client.Reply reply) {
    return TestUsers.Tokens.of(reply).refresh();
  }

  private static void assertError(int status, String error, Client.Reply reply) {
    assertEquals(status, reply.status(), reply::toString);
    assertEquals(error, reply.json().path("error").asText(), reply::toString);
  }
}

package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Devices without a browser, and the people who let them in (RFC 8628). */
interface DeviceFlow extends Flow {
  String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

  @Test
  default void deviceGetsTokensWhenSomebodyHasLetItIn() throws IOException {
    TestClients television = television();
    JsonNode asked = ask(television);
    Guest visitor = Guest.registered(client());

    assertError("authorization_pending", poll(television, asked));
    visitor.letIn(URI.create(asked.path("verification_uri_complete").asText()));
    Client.Reply reply = poll(television, asked);

    assertEquals(200, reply.status(), reply::toString);
    assertEquals("no-store", reply.header("Cache-Control").orElse(""));
    assertEquals("openid profile", reply.json().path("scope").asText());
    JsonNode claims = Forgery.part(reply.json().path("access_token").asText(), 1);
    assertEquals(visitor.userId(), claims.path("sub").asText());
    assertEquals(television.id(), claims.path("client_id").asText());
    assertTrue(claims.has("auth_time") && claims.has("sid"), claims::toString);
    JsonNode id = Forgery.part(reply.json().path("id_token").asText(), 1);
    assertEquals(visitor.userId(), id.path("sub").asText());
    Client.Reply refreshed =
        post(
            television,
            "/oauth2/token",
            Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                reply.json().path("refresh_token").asText()));
    assertEquals(200, refreshed.status(), refreshed::toString);
    assertError("invalid_grant", poll(television, asked)); // a second time
  }

  @Test
  default void oneTimePasswordIsReplacedBeforeADeviceIsLetIn() {
    TestClients television = television();
    JsonNode asked = ask(television);
    String name = ServerSession.NEWCOMERS.get(1);

    Guest.newcomer(client(), name)
        .letIn(URI.create(asked.path("verification_uri_complete").asText()));

    assertEquals(200, poll(television, asked).status());
    assertEquals(200, TestUsers.login(client(), name, TestUsers.OTHER_PASSWORD).status());
  }

  @Test
  default void deviceIsToldWhereToSendPeopleAndHowOftenToAsk() {
    Client.Reply reply =
        post(television(), "/oauth2/device_authorization", Map.of("scope", "openid"));
    String page = System.getProperty(ServerSession.URL) + "/oauth2/device";

    assertEquals(200, reply.status(), reply::toString);
    assertEquals("no-store", reply.header("Cache-Control").orElse(""));
    JsonNode told = reply.json();
    assertEquals(43, told.path("device_code").asText().length());
    String code = told.path("user_code").asText();
    assertTrue(code.matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}"), code);
    assertEquals(page, told.path("verification_uri").asText());
    assertEquals(page + "?user_code=" + code, told.path("verification_uri_complete").asText());
    assertEquals(600, told.path("expires_in").asInt());
    assertEquals(5, told.path("interval").asInt());
  }

  @Test
  default void ofManyPollsAtOnceOneGetsTokens() {
    TestClients television = television();
    JsonNode asked = ask(television);
    Guest.registered(client()).letIn(URI.create(asked.path("verification_uri_complete").asText()));

    List<Integer> answers = atOnce(Collections.nCopies(4, () -> poll(television, asked).status()));

    assertEquals(1, Collections.frequency(answers, 200), answers::toString);
    assertEquals(3, Collections.frequency(answers, 400), answers::toString);
  }

  @Test
  default void deviceThatDoesNotWaitIsSlowedDown() {
    TestClients television = television();
    JsonNode asked = ask(television);

    assertError("authorization_pending", poll(television, asked));
    Client.Reply next = poll(television, asked);
    // After a pause of the machine, a device may have waited long enough.
    for (int i = 0; i < 2 && next.body().contains("authorization_pending"); i++) {
      next = poll(television, asked);
    }
    assertError("slow_down", next);
  }

  @Test
  default void deviceThatIsNotLetInIsToldSo() {
    TestClients television = television();
    JsonNode asked = ask(television);
    Guest visitor = Guest.registered(client());

    visitor.keepOut(URI.create(asked.path("verification_uri_complete").asText()));

    assertError("access_denied", poll(television, asked));
  }

  @Test
  default void whatIsNoDeviceCodeOfTheClientIsRefused() {
    TestClients television = television();
    JsonNode asked = ask(television);

    assertError("invalid_grant", poll(television(), asked));
    assertError(
        "invalid_grant",
        post(television, "/oauth2/token", Map.of("grant_type", GRANT, "device_code", "x")));
    assertError("invalid_request", post(television, "/oauth2/token", Map.of("grant_type", GRANT)));
    assertError("authorization_pending", poll(television, asked)); // unharmed
  }

  @Test
  default void deviceAsksForWhatItsClientIsRegisteredFor() {
    TestClients television = television();
    String path = "/oauth2/device_authorization";

    assertError("invalid_scope", post(television, path, Map.of("scope", "admin")));
    assertError("invalid_scope", post(television, path, Map.of("scope", "a\tb")));
    assertError("invalid_target", post(television, path, Map.of("resource", "https://x.example")));
    TestClients service = TestClients.service(TestUsers.administrator(client()));
    assertError("unauthorized_client", service.post(client(), path, Map.of()));
    Client.Reply nobody = post(new TestClients("nobody", ""), path, Map.of());
    assertEquals(401, nobody.status(), nobody::toString);
  }

  @Test
  default void pageAsksForTheCodeThenForTheClientAndItsScopes() {
    JsonNode asked = ask(television());
    Guest visitor = Guest.registered(client());
    String code = asked.path("user_code").asText();

    Client.Reply entry = visitor.loggedInAt("/oauth2/device");
    assertEquals(200, entry.status(), entry::toString);
    assertFalse(entry.body().contains(code));
    Client.Reply confirmation =
        visitor.submit(entry, Map.of("user_code", code.toLowerCase(Locale.ROOT).replace("-", " ")));

    assertEquals(200, confirmation.status(), confirmation::toString);
    assertTrue(confirmation.body().contains("Television"), confirmation::body);
    assertTrue(confirmation.body().contains("value=\"allow\""), confirmation::body);
    assertTrue(visitor.loggedInAt("/oauth2/device?user_code=" + code).body().contains(code));
  }

  @Test
  default void wrongCodesAreRefusedAndCountForTheirSource() {
    Guest visitor = Guest.registered(client().from(TestUsers.freshAddress()));
    Client.Reply entry = visitor.loggedInAt("/oauth2/device");

    for (int i = 0; i < 100; i++) {
      Client.Reply wrong = visitor.submit(entry, Map.of("user_code", "BCDF-GHJ" + i % 10));
      assertEquals(400, wrong.status(), wrong::toString);
      assertTrue(wrong.body().contains("role=\"alert\""), wrong::body);
    }
    Client.Reply blocked =
        visitor.submit(entry, Map.of("user_code", ask(television()).path("user_code").asText()));

    assertEquals(429, blocked.status(), blocked::toString);
    assertTrue(blocked.header("Retry-After").isPresent(), blocked::toString);
  }

  /** Or codes could be guessed by deciding on them. */
  @Test
  default void whoHasTheCookieCannotMakeTheFormOfADecision() {
    TestClients television = television();
    JsonNode asked = ask(television);
    String code = asked.path("user_code").asText();
    Guest visitor = Guest.registered(client());
    visitor.loggedInAt("/oauth2/device");

    Client.Reply forged =
        visitor.forge(
            "/oauth2/device/decision",
            "/decision " + code,
            Map.of("user_code", code, "decision", "allow"));

    assertEquals(403, forged.status(), forged::toString);
    assertError("authorization_pending", poll(television, asked));
  }

  @Test
  default void formsOfThePageNeedTheValueThatThePageHas() {
    TestClients television = television();
    JsonNode asked = ask(television);
    String code = asked.path("user_code").asText();
    Guest visitor = Guest.registered(client());
    Client.Reply entry = visitor.loggedInAt("/oauth2/device?user_code=" + code);
    Client.Reply question = visitor.submit(entry, Map.of());

    assertEquals(403, visitor.submit(entry, Map.of("csrf", "x")).status());
    assertEquals(403, visitor.submit(question, Map.of("decision", "allow", "csrf", "x")).status());
    String another = ask(television).path("user_code").asText();
    assertEquals(
        403,
        visitor.submit(question, Map.of("decision", "allow", "user_code", another)).status(),
        "a code that the page has not asked about");
    assertError("authorization_pending", poll(television, asked));
  }

  @Test
  default void decisionIsMadeOnce() {
    TestClients television = television();
    JsonNode asked = ask(television);
    Guest visitor = Guest.registered(client());
    Client.Reply entry =
        visitor.loggedInAt("/oauth2/device?user_code=" + asked.path("user_code").asText());
    Client.Reply question = visitor.submit(entry, Map.of());

    assertEquals(200, visitor.submit(question, Map.of("decision", "deny")).status());
    assertEquals(400, visitor.submit(question, Map.of("decision", "allow")).status());
    assertError("access_denied", poll(television, asked));
  }

  private TestClients television() {
    return TestClients.television(TestUsers.administrator(client()));
  }

  private JsonNode ask(TestClients device) {
    Client.Reply reply = post(device, "/oauth2/device_authorization", Map.of());
    assertEquals(200, reply.status(), reply::toString);
    return reply.json();
  }

  private Client.Reply poll(TestClients device, JsonNode asked) {
    return post(
        device,
        "/oauth2/token",
        Map.of("grant_type", GRANT, "device_code", asked.path("device_code").asText()));
  }

  /** As a public client, which shows nothing but its identifier. */
  private Client.Reply post(TestClients device, String path, Map<String, String> form) {
    Map<String, String> complete = new HashMap<>(form);
    complete.put("client_id", device.id());
    return client().send(TestClients.form(client(), path, TestClients.encoded(complete)));
  }

  private static void assertError(String error, Client.Reply reply) {
    assertEquals(400, reply.status(), reply::toString);
    assertEquals(error, reply.json().path("error").asText(), reply::toString);
    assertEquals("no-store", reply.header("Cache-Control").orElse(""), reply::toString);
  }
}

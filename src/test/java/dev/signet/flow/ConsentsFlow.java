package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The consents of a user to clients. */
interface ConsentsFlow extends Flow {
  String CONSENTS = "/api/me/consents";

  @Test
  default void whoHasAgreedToNothingHasNoConsents() {
    Client ada = TestUsers.loggedIn(client()).client();

    Client.Reply reply = ada.get(CONSENTS);

    assertEquals(200, reply.status(), reply::toString);
    assertEquals("{\"items\":[],\"next\":null}", reply.body());
    assertProblem(404, "not-found", ada.delete(CONSENTS + "/reports"));
    assertProblem(404, "not-found", ada.delete(CONSENTS + "/%20"));
    assertProblem(400, "invalid-input", ada.get(CONSENTS + "?limit=0"), "limit");
    assertProblem(400, "invalid-input", ada.get(CONSENTS + "?after=%20"), "after");
    assertTokenMissing(client().get(CONSENTS));
    assertTokenMissing(client().delete(CONSENTS + "/reports"));
  }

  @Test
  default void withdrawnConsentEndsWhatTheClientGotAndIsAskedForAgain() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app =
        TestClients.app(TestUsers.administrator(client()), Map.of("require_consent", true));
    Map<String, String> request = Visitor.request(app);
    Visitor visitor = new Visitor(client());
    Client.Reply agreed = visitor.decide(visitor.logIn(request, ada.username()), "allow");
    JsonNode tokens = visitor.redeem(app, Visitor.code(agreed)).json();
    String waiting = Visitor.code(visitor.authorize(request));

    JsonNode consent = ada.client().get(CONSENTS).json().path("items").path(0);
    assertEquals(app.id(), consent.path("client_id").asText());
    assertEquals("Harbor", consent.path("client_name").asText());
    assertEquals(
        Set.of("openid", "orders:read"), Set.of(consent.path("scope").asText().split(" ")));
    assertEquals(204, ada.client().delete(CONSENTS + "/" + app.id()).status());

    assertEquals(0, ada.client().get(CONSENTS).json().path("items").size());
    Client service = client().withToken(tokens.path("access_token").asText());
    assertEquals(401, service.get("/oauth2/userinfo").status());
    assertEquals(400, visitor.refresh(app, tokens.path("refresh_token").asText()).status());
    assertEquals(400, visitor.redeem(app, waiting).status());
    Visitor.assertConsentPage(visitor.authorize(request));
    assertEquals(200, ada.client().get("/api/me").status());
  }
}

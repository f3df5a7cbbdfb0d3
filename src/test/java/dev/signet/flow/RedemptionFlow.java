package dev.signet.flow;

import static dev.signet.flow.UserinfoFlow.USERINFO;
import static dev.signet.flow.Visitor.code;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes and refresh tokens in the wrong hands, or with a wrong request (RFC 9700, section 2.1). */
interface RedemptionFlow extends Flow {
  @Test
  default void replayedCodeEndsWhatItHasGiven() {
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    String code = code(visitor.logIn(Visitor.request(app), person()));
    TestUsers.Tokens tokens = TestUsers.Tokens.of(visitor.redeem(app, code));
    assertEquals(200, userinfo(tokens.access()));

    assertError("invalid_grant", visitor.redeem(app, code));

    assertEquals(401, userinfo(tokens.access()));
    assertError("invalid_grant", visitor.refresh(app, tokens.refresh()));
  }

  @Test
  default void codeIsOfUseToItsClientOnly() {
    TestClients app = app(Map.of());
    TestClients thief = app(Map.of());
    Visitor visitor = new Visitor(client());
    String code = code(visitor.logIn(Visitor.request(app), person()));

    assertError("invalid_grant", visitor.redeem(thief, code));
    TestUsers.Tokens tokens = TestUsers.Tokens.of(visitor.redeem(app, code));
    assertError("invalid_grant", visitor.redeem(thief, code));

    assertEquals(200, userinfo(tokens.access()), "the thief's attempt takes nothing away");
    assertError("invalid_grant", visitor.refresh(thief, tokens.refresh()));
    assertEquals(200, visitor.refresh(app, tokens.refresh()).status());
  }

  @Test
  default void codeIsGoodForItsRedirectUriOnly() {
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    String code = code(visitor.logIn(Visitor.request(app), person()));

    for (String other : List.of(TestClients.CALLBACK + "&x=1", "https://app.example.org/")) {
      assertError("invalid_grant", visitor.redeem(app, code, Map.of("redirect_uri", other)));
    }

    assertEquals(200, visitor.redeem(app, code).status());
  }

  /** RFC 7636, sections 4.1 and 4.6. */
  @ParameterizedTest
  @NullSource
  @ValueSource(ints = {42, 43, 128, 129})
  default void codeIsOfNoUseWithoutItsVerifier(Integer length) {
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    String code = code(visitor.logIn(Visitor.request(app), person()));
    Map<String, String> verifier = new HashMap<>();
    verifier.put("code_verifier", length == null ? null : "v".repeat(length));

    assertError("invalid_grant", visitor.redeem(app, code, verifier));

    assertEquals(200, visitor.redeem(app, code).status());
  }

  /** An attacker has removed the challenge from a client's request (RFC 9700, section 2.1.1). */
  @Test
  default void codeWithoutAChallengeTakesNoVerifier() {
    TestClients app =
        app(Map.of("require_pkce", false, "token_endpoint_auth_method", "client_secret_post"));
    Visitor visitor = new Visitor(client());
    Map<String, String> request = Visitor.request(app);
    request.keySet().removeAll(List.of("code_challenge", "code_challenge_method"));
    String code = code(visitor.logIn(request, person()));
    Map<String, String> form = new HashMap<>();
    form.put("client_secret", app.secret());

    assertError("invalid_grant", visitor.redeem(app, code, form));

    form.put("code_verifier", null);
    assertEquals(200, visitor.redeem(app, code, form).status());
  }

  @Test
  default void moreThanWasGrantedIsRefusedAndTakesNothingAway() {
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    String code = code(visitor.logIn(Visitor.request(app), person()));
    Map<String, String> elsewhere = Map.of("resource", TestClients.ORDERS);

    assertError("invalid_target", visitor.redeem(app, code, elsewhere));
    TestUsers.Tokens tokens = TestUsers.Tokens.of(visitor.redeem(app, code));
    String token = tokens.refresh();
    assertError("invalid_target", visitor.refresh(app, token, elsewhere));
    for (String scope : List.of("openid email", "api", "orders:write orders:read")) {
      assertError("invalid_scope", visitor.refresh(app, token, Map.of("scope", scope)));
    }

    Client.Reply less = visitor.refresh(app, token, Map.of("scope", "orders:read"));
    assertEquals("orders:read", less.json().path("scope").asText(), less::toString);
  }

  private static void assertError(String error, Client.Reply reply) {
    assertEquals(400, reply.status(), reply::toString);
    assertEquals(error, reply.json().path("error").asText(), reply::toString);
  }

  private int userinfo(String accessToken) {
    return client().withToken(accessToken).get(USERINFO).status();
  }

  private String person() {
    return TestUsers.loggedIn(client()).username();
  }

  private TestClients app(Map<String, ?> more) {
    return TestClients.app(TestUsers.administrator(client()), more);
  }
}

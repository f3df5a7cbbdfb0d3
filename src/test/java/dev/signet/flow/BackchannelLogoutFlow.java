package dev.signet.flow;

import static dev.signet.flow.Visitor.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clients are told that sessions have ended (OpenID Connect Back-Channel Logout 1.0). */
interface BackchannelLogoutFlow extends Flow {
  @Test
  default void clientIsToldOfALogoutByASignedToken() throws Exception {
    try (Listener listener = new Listener()) {
      TestUsers.Person ada = TestUsers.loggedIn(client());
      TestClients app = app(listener, Map.of());
      Visitor visitor = new Visitor(client());
      JsonNode tokens = OpenIdFlow.tokens(visitor, app, ada, request(app));
      String idToken = tokens.path("id_token").asText();

      visitor.get("/oauth2/logout?id_token_hint=" + idToken);

      String token = token(listener.next());
      JWTClaimsSet claims = Verification.logoutToken(client(), app, token);
      assertEquals(ada.id(), claims.getSubject());
      assertEquals(
          Verification.idToken(client(), app, idToken).getStringClaim("sid"),
          claims.getStringClaim("sid"));
      assertEquals(
          Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()),
          claims.getJSONObjectClaim("events"));
      assertFalse(claims.getClaims().containsKey("nonce"));
      assertEquals(
          Duration.ofMinutes(2),
          Duration.between(
              claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()));
      assertEquals(401, client().withToken(token).get("/api/me").status());
      assertEquals(401, client().withToken(token).get("/oauth2/userinfo").status());
    }
  }

  @Test
  default void clientThatFailsTwiceIsToldAThirdTime() throws Exception {
    try (Listener listener = new Listener(500, 503)) {
      TestUsers.Person ada = TestUsers.loggedIn(client());
      TestClients app = app(listener, Map.of());
      JsonNode tokens = OpenIdFlow.tokens(new Visitor(client()), app, ada, request(app));

      end(ada, tokens);

      Set<String> identifiers = new HashSet<>();
      for (int attempt = 1; attempt <= 3; attempt++) {
        JWTClaimsSet claims = Verification.logoutToken(client(), app, token(listener.next()));
        assertTrue(identifiers.add(claims.getJWTID()), "each token is another one");
      }
      assertFalse(listener.hasMore());
    }
  }

  @Test
  default void clientIsToldByItsOwnNameForTheUser() throws Exception {
    try (Listener listener = new Listener()) {
      TestUsers.Person ada = TestUsers.loggedIn(client());
      TestClients app = app(listener, Map.of("subject_type", "pairwise"));
      JsonNode tokens = OpenIdFlow.tokens(new Visitor(client()), app, ada, request(app));

      end(ada, tokens);

      JWTClaimsSet claims = Verification.logoutToken(client(), app, token(listener.next()));
      assertNotEquals(ada.id(), claims.getSubject());
      assertEquals(
          Verification.idToken(client(), app, tokens.path("id_token").asText()).getSubject(),
          claims.getSubject());
    }
  }

  /** Section 2.4: by the subject of its ID token, which an administrator has changed since. */
  @Test
  default void clientIsToldByTheSubjectThatItsIdTokenHad() throws Exception {
    try (Listener listener = new Listener()) {
      TestUsers.Person ada = TestUsers.loggedIn(client());
      TestClients app = app(listener, Map.of());
      String former = "public";
      for (String next : List.of("pairwise", "public")) {
        JsonNode tokens = OpenIdFlow.tokens(new Visitor(client()), app, ada, request(app));
        app.change(TestUsers.administrator(client()), Map.of("subject_type", next));

        end(ada, tokens);

        String subject =
            Verification.logoutToken(client(), app, token(listener.next())).getSubject();
        assertEquals(
            Verification.idToken(client(), app, tokens.path("id_token").asText()).getSubject(),
            subject);
        assertEquals(former.equals("public"), subject.equals(ada.id()));
        former = next;
      }
    }
  }

  @Test
  default void disabledUsersAreLoggedOutEverywhere() throws Exception {
    try (Listener one = new Listener();
        Listener other = new Listener()) {
      TestUsers.Person ada = TestUsers.loggedIn(client());
      for (Listener listener : new Listener[] {one, other}) {
        TestClients app = app(listener, Map.of("scope", "openid offline_access"));
        OpenIdFlow.tokens(
            new Visitor(client()), app, ada, request(app, "scope", "openid offline_access"));
      }

      Client.Reply disabled =
          TestUsers.administrator(client())
              .patch("/api/users/" + ada.id(), Map.of("enabled", false));

      assertEquals(200, disabled.status(), disabled::toString);
      assertTrue(one.next().contains("logout_token="));
      assertTrue(other.next().contains("logout_token="));
    }
  }

  /** Addresses inside are the operator's to open, and the other clients do not wait. */
  @Test
  default void addressInsideIsNotCalledAndHoldsNobodyUp() throws Exception {
    try (Listener inside = new Listener();
        Listener listener = new Listener()) {
      TestUsers.Person ada = TestUsers.loggedIn(client());
      String hidden = inside.address().replace("localhost", "127.0.0.1");
      TestClients refused = app(inside, Map.of("backchannel_logout_uri", hidden));
      TestClients app = app(listener, Map.of());
      JsonNode one = OpenIdFlow.tokens(new Visitor(client()), refused, ada, request(refused));
      JsonNode two = OpenIdFlow.tokens(new Visitor(client()), app, ada, request(app));

      end(ada, one);
      end(ada, two);

      assertTrue(listener.next().contains("logout_token="));
      assertFalse(inside.hasMore());
    }
  }

  private void end(TestUsers.Person user, JsonNode tokens) throws IOException {
    String session = Forgery.part(tokens.path("access_token").asText(), 1).path("sid").asText();
    Client.Reply reply = user.client().delete("/api/me/sessions/" + session);
    assertEquals(204, reply.status(), reply::toString);
  }

  private TestClients app(Listener listener, Map<String, ?> more) {
    Map<String, Object> metadata =
        new HashMap<>(
            Map.of(
                "backchannel_logout_uri",
                listener.address(),
                "backchannel_logout_session_required",
                true));
    metadata.putAll(more);
    return TestClients.app(TestUsers.administrator(client()), metadata);
  }

  private static String token(String message) {
    assertTrue(message.startsWith("POST logout_token="), message);
    return message.substring("POST logout_token=".length());
  }
}

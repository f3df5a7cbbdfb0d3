package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.domain.jose.TestProofs;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens that are bound to a key (RFC 9449). */
interface DpopFlow extends Flow {
  String FEED = "/api/revocations";

  /** A token that is bound to a key. */
  record Bound(TestProofs key, String token) {}

  @Test
  default void tokenIsBoundToTheKeyThatIsProven() throws IOException {
    TestProofs key = TestProofs.fresh();

    Client.Reply reply = service().token(client(), Map.of(), key.proof("POST", token(), now()));

    assertEquals(200, reply.status(), reply::toString);
    assertEquals("DPoP", reply.json().path("token_type").asText());
    JsonNode claims = Forgery.part(reply.json().path("access_token").asText(), 1);
    assertEquals(key.thumbprint(), claims.path("cnf").path("jkt").asText());
  }

  @Test
  default void boundTokenOpensTheApiWithAProofOfItsKeyOnly() {
    Bound bound = bound();
    String address = issuer() + FEED;

    Client.Reply opened =
        call(bound.token(), bound.key().proof("GET", address, now(), bound.token()));
    assertEquals(200, opened.status(), opened::toString);
    for (String bad :
        List.of(
            "x",
            bound.key().proof("GET", address, now()),
            bound.key().proof("POST", address, now(), bound.token()),
            bound.key().proof("GET", issuer() + "/api/me", now(), bound.token()),
            bound.key().proof("GET", "https://x.example" + FEED, now(), bound.token()),
            bound.key().proof("GET", address, now().minusSeconds(70), bound.token()),
            bound.key().proof("GET", address, now().plusSeconds(70), bound.token()),
            TestProofs.fresh().proof("GET", address, now(), bound.token()))) {
      assertProofRefused(call(bound.token(), bad));
    }
    assertProofRefused(
        client().send(client().request(FEED).header("Authorization", "DPoP " + bound.token())));
  }

  @Test
  default void boundTokenIsNoBearerToken() {
    Bound bound = bound();

    Problems.assertTokenRefused(client().withToken(bound.token()).get(FEED));
  }

  @Test
  default void bearerTokenIsNotBoundByAProof() {
    String bearer = service().accessToken(client(), Map.of());

    assertProofRefused(
        call(bearer, TestProofs.fresh().proof("GET", issuer() + FEED, now(), bearer)));
  }

  @Test
  default void proofIsGoodForOneRequest() {
    Bound bound = bound();
    String proof = bound.key().proof("GET", issuer() + FEED, now(), bound.token());

    assertEquals(200, call(bound.token(), proof).status());
    assertProofRefused(call(bound.token(), proof));
    TestClients service = service();
    String forToken = bound.key().proof("POST", token(), now());
    assertEquals(200, service.token(client(), Map.of(), forToken).status());
    assertError("invalid_dpop_proof", service.token(client(), Map.of(), forToken));
  }

  @Test
  default void proofForAnotherRequestGivesNoToken() {
    TestClients service = service();
    TestProofs key = TestProofs.fresh();
    for (String bad :
        List.of(
            "x",
            key.proof("GET", token(), now()),
            key.proof("POST", "https://x.example/oauth2/token", now()),
            key.proof("POST", issuer() + "/oauth2/revoke", now()),
            key.proof("POST", token(), now().minusSeconds(70)),
            key.proof("POST", token(), now().plusSeconds(70)))) {
      assertError("invalid_dpop_proof", service.token(client(), Map.of(), bad));
    }
    String good = key.proof("POST", token(), now());
    HttpRequest.Builder twice =
        TestClients.form(client(), "/oauth2/token", "grant_type=client_credentials")
            .header("Authorization", service.basic())
            .header("DPoP", good)
            .header("DPoP", key.proof("POST", token(), now()));
    assertError("invalid_dpop_proof", client().send(twice));
    assertEquals(200, service.token(client(), Map.of(), good).status());
  }

  @Test
  default void clientThatIsRegisteredForBoundTokensGetsNoOthers() {
    TestClients strict =
        TestClients.registered(
            TestUsers.administrator(client()),
            Map.of("grant_types", List.of("client_credentials"), "dpop_bound_access_tokens", true));

    assertError("invalid_dpop_proof", strict.token(client()));
    assertEquals(
        200,
        strict
            .token(client(), Map.of(), TestProofs.fresh().proof("POST", token(), now()))
            .status());
  }

  @Test
  default void introspectionTellsTheKeyOfABoundToken() {
    TestClients service = service();
    TestProofs key = TestProofs.fresh();
    String token =
        service
            .token(client(), Map.of(), key.proof("POST", token(), now()))
            .json()
            .path("access_token")
            .asText();

    JsonNode told = service.post(client(), "/oauth2/introspect", Map.of("token", token)).json();

    assertTrue(told.path("active").asBoolean(), told::toString);
    assertEquals("DPoP", told.path("token_type").asText());
    assertEquals(key.thumbprint(), told.path("cnf").path("jkt").asText());
  }

  private Bound bound() {
    TestProofs key = TestProofs.fresh();
    Client.Reply reply = service().token(client(), Map.of(), key.proof("POST", token(), now()));
    assertEquals(200, reply.status(), reply::toString);
    return new Bound(key, reply.json().path("access_token").asText());
  }

  /** One that may read the feed of revocations. */
  private TestClients service() {
    return TestClients.registered(
        TestUsers.administrator(client()),
        Map.of("grant_types", List.of("client_credentials"), "groups", List.of("resource-server")));
  }

  private Client.Reply call(String token, String proof) {
    return client()
        .send(
            client()
                .request(FEED)
                .setHeader("Accept", "application/jwt")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", proof));
  }

  private static void assertProofRefused(Client.Reply reply) {
    assertProblem(401, "invalid-token", reply);
    String challenge = reply.header("WWW-Authenticate").orElse("");
    assertTrue(
        challenge.startsWith(
            "DPoP algs=\"ES256 PS256 RS256\", error=\"invalid_dpop_proof\", error_description="),
        challenge);
  }

  private static void assertError(String error, Client.Reply reply) {
    assertEquals(400, reply.status(), reply::toString);
    assertEquals(error, reply.json().path("error").asText(), reply::toString);
  }

  private static String issuer() {
    return System.getProperty(ServerSession.URL);
  }

  private static String token() {
    return issuer() + "/oauth2/token";
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }
}

package dev.signet.flow;

import static dev.signet.flow.Visitor.code;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.jose.TestProofs;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Where each proof must have a nonce of Signet's (RFC 9449, section 8). */
interface DpopNonceFlow extends Flow {
  @Test
  default void proofWithoutANonceOfSignetsIsAskedForOne() {
    TestClients service =
        TestClients.registered(
            TestUsers.administrator(client()),
            Map.of("grant_types", List.of("client_credentials")));
    TestProofs key = TestProofs.fresh();

    String nonce = assertAsked(ask(service, key, Optional.empty()));
    assertAsked(ask(service, key, Optional.of("made-up")));
    Client.Reply reply = ask(service, key, Optional.of(nonce));

    assertEquals(200, reply.status(), reply::toString);
    assertEquals("DPoP", reply.json().path("token_type").asText());
    assertEquals(200, ask(service, key, Optional.of(nonce)).status());
  }

  /** RFC 9449, section 9. */
  @Test
  default void userinfoAsksForANonceToo() {
    TestClients app = TestClients.app(TestUsers.administrator(client()), Map.of());
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestProofs key = TestProofs.fresh();
    String code = code(new Visitor(client()).logIn(Visitor.request(app), ada.username()));
    String without = proof(key, "POST", "/oauth2/token", claims -> claims);
    String nonce = assertAsked(redeem(app, code, without));
    Client.Reply tokens = redeem(app, code, proof(key, "POST", "/oauth2/token", nonce));
    assertEquals("DPoP", tokens.json().path("token_type").asText(), tokens::toString);
    String token = tokens.json().path("access_token").asText();

    for (String other : Arrays.asList(null, "made-up")) {
      Client.Reply asked = userinfo(token, boundProof(key, token, other));
      assertEquals(401, asked.status(), asked::toString);
      assertEquals("use_dpop_nonce", asked.json().path("error").asText(), asked::toString);
      String challenge = asked.header("WWW-Authenticate").orElse("");
      assertTrue(challenge.startsWith("DPoP "), challenge);
      assertTrue(challenge.contains("error=\"use_dpop_nonce\""), challenge);
      nonce = asked.header("DPoP-Nonce").orElseThrow();
    }
    Client.Reply told = userinfo(token, boundProof(key, token, nonce));

    assertEquals(ada.id(), told.json().path("sub").asText(), told::toString);
    Client.Reply other = userinfo(token, boundProof(TestProofs.fresh(), token, nonce));
    assertEquals("invalid_dpop_proof", other.json().path("error").asText(), other::toString);
  }

  private Client.Reply redeem(TestClients app, String code, String proof) {
    Map<String, String> form =
        Map.of(
            "grant_type",
            "authorization_code",
            "client_id",
            app.id(),
            "code",
            code,
            "redirect_uri",
            TestClients.CALLBACK,
            "code_verifier",
            Visitor.VERIFIER);
    return client()
        .send(
            TestClients.form(client(), "/oauth2/token", TestClients.encoded(form))
                .header("DPoP", proof));
  }

  private Client.Reply userinfo(String token, String proof) {
    return client()
        .send(
            client()
                .request("/oauth2/userinfo")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", proof));
  }

  private static String boundProof(TestProofs key, String token, String nonce) {
    return proof(
        key,
        "GET",
        "/oauth2/userinfo",
        claims -> claims.claim("ath", new OpaqueToken(token).hash()).claim("nonce", nonce));
  }

  private static String proof(TestProofs key, String method, String path, String nonce) {
    return proof(key, method, path, claims -> claims.claim("nonce", nonce));
  }

  private static String proof(
      TestProofs key, String method, String path, UnaryOperator<JWTClaimsSet.Builder> change) {
    return key.proof(
        method, System.getProperty(ServerSession.URL) + path, Clock.systemUTC().instant(), change);
  }

  private Client.Reply ask(TestClients service, TestProofs key, Optional<String> nonce) {
    return service.token(
        client(), Map.of(), proof(key, "POST", "/oauth2/token", nonce.orElse(null)));
  }

  private static String assertAsked(Client.Reply reply) {
    assertEquals(400, reply.status(), reply::toString);
    assertEquals("use_dpop_nonce", reply.json().path("error").asText(), reply::toString);
    return reply.header("DPoP-Nonce").orElseThrow();
  }
}

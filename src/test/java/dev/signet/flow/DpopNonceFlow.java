package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.signet.keys.TestProofs;
import java.time.Clock;
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

  private Client.Reply ask(TestClients service, TestProofs key, Optional<String> nonce) {
    String address = System.getProperty(ServerSession.URL) + "/oauth2/token";
    return service.token(
        client(),
        Map.of(),
        key.proof(
            "POST",
            address,
            Clock.systemUTC().instant(),
            nonce
                .<UnaryOperator<JWTClaimsSet.Builder>>map(
                    value -> claims -> claims.claim("nonce", value))
                .orElse(UnaryOperator.identity())));
  }

  private static String assertAsked(Client.Reply reply) {
    assertEquals(400, reply.status(), reply::toString);
    assertEquals("use_dpop_nonce", reply.json().path("error").asText(), reply::toString);
    return reply.header("DPoP-Nonce").orElseThrow();
  }
}

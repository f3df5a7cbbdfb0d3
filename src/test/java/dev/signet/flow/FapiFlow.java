package dev.signet.flow;

import static dev.signet.flow.Visitor.code;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.signet.domain.jose.TestAssertions;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules of the FAPI 2.0 Security Profile that a client can register for itself. */
interface FapiFlow extends Flow {
  String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** FAPI 2.0 Security Profile, section 5.3.2.1, item 8. */
  @Test
  default void assertionOfAClientThatSaysSoIsForTheIssuerAsOneString() throws JOSEException {
    ECKey key = key();
    String id = register(key, Map.of("client_assertion_audience", "issuer"));
    String issuer = System.getProperty(ServerSession.URL);

    assertEquals(200, service(id, assertion(key, id, issuer)).status());
    for (Object other :
        List.of(List.of(issuer), List.of(issuer, issuer), issuer + "/oauth2/token", issuer + "/")) {
      Client.Reply refused = service(id, assertion(key, id, other));
      assertEquals(401, refused.status(), refused::toString);
      assertEquals("invalid_client", refused.json().path("error").asText(), refused::toString);
    }
    String usual = register(key, Map.of());
    assertEquals(200, service(usual, assertion(key, usual, List.of(issuer))).status());
    assertEquals(200, service(usual, assertion(key, usual, issuer + "/oauth2/token")).status());
  }

  /** FAPI 2.0 Security Profile, section 5.3.2.1, item 9. */
  @Test
  default void refreshTokenOfAClientThatAuthenticatesStaysTheSame() throws JOSEException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    ECKey key = key();
    String id = register(key, Map.of("refresh_token_rotation", false));
    Visitor visitor = new Visitor(client());
    String code = code(visitor.logIn(Visitor.request(new TestClients(id, "")), ada.username()));
    JsonNode tokens = redeem(key, id, code).json();
    String refreshToken = tokens.path("refresh_token").asText();

    for (int i = 0; i < 3; i++) {
      Client.Reply again = refresh(key, id, refreshToken);
      assertEquals(200, again.status(), again::toString);
      assertEquals(refreshToken, again.json().path("refresh_token").asText(refreshToken));
      tokens = again.json();
    }
    Client owner = client().withToken(tokens.path("access_token").asText());
    assertEquals(200, owner.get("/oauth2/userinfo").status());
    String other = register(key, Map.of("refresh_token_rotation", false));
    assertEquals(400, refresh(key, other, refreshToken).status(), "it is another client's");
    assertEquals(204, ada.client().delete("/api/me/sessions").status());
    assertEquals(400, refresh(key, id, refreshToken).status(), "the session has ended");
    assertEquals(401, owner.get("/oauth2/userinfo").status(), "and its access tokens");
  }

  /** RFC 9700, section 2.2.2: a public client rotates, or its refresh token is bound to a key. */
  @Test
  default void publicClientWithoutAKeyRotatesItsRefreshTokens() {
    Map<String, Object> app =
        Map.of(
            "token_endpoint_auth_method",
            "none",
            "redirect_uris",
            List.of(TestClients.CALLBACK),
            "grant_types",
            List.of("authorization_code", "refresh_token"),
            "refresh_token_rotation",
            false);
    Client administrator = TestUsers.administrator(client());

    Client.Reply refused = administrator.post("/api/admin/clients", app);

    assertEquals(400, refused.status(), refused::toString);
    assertTrue(refused.body().contains("refresh_token_rotation"), refused::toString);
    Map<String, Object> bound = new HashMap<>(app);
    bound.put("dpop_bound_access_tokens", true);
    assertEquals(201, administrator.post("/api/admin/clients", bound).status());
  }

  private Client.Reply redeem(ECKey key, String id, String code) throws JOSEException {
    return ask(
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            TestClients.CALLBACK,
            "code_verifier",
            Visitor.VERIFIER),
        assertion(key, id, System.getProperty(ServerSession.URL)));
  }

  private Client.Reply refresh(ECKey key, String id, String refreshToken) throws JOSEException {
    return ask(
        Map.of("grant_type", "refresh_token", "refresh_token", refreshToken),
        assertion(key, id, System.getProperty(ServerSession.URL)));
  }

  private Client.Reply service(String id, String assertion) {
    return ask(Map.of("grant_type", "client_credentials", "client_id", id), assertion);
  }

  private Client.Reply ask(Map<String, String> parameters, String assertion) {
    Map<String, String> form = new HashMap<>(parameters);
    form.put("client_assertion_type", TYPE);
    form.put("client_assertion", assertion);
    return client().send(TestClients.form(client(), "/oauth2/token", TestClients.encoded(form)));
  }

  private String register(ECKey key, Map<String, Object> more) {
    Map<String, Object> metadata = new HashMap<>(more);
    metadata.putIfAbsent(
        "grant_types", List.of("client_credentials", "authorization_code", "refresh_token"));
    metadata.put("redirect_uris", List.of(TestClients.CALLBACK));
    metadata.put("scope", "openid orders:read");
    metadata.put("require_consent", false);
    metadata.put("token_endpoint_auth_method", "private_key_jwt");
    metadata.put("jwks", new JWKSet(key.toPublicJWK()).toJSONObject());
    return TestClients.registered(TestUsers.administrator(client()), metadata).id();
  }

  private static ECKey key() throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyID("1").generate();
  }

  /** With the audience as it is: a library would make a string of a list of one. */
  private static String assertion(ECKey key, String id, Object audience) throws JOSEException {
    Map<String, Object> claims =
        new HashMap<>(
            TestAssertions.claims(id, "", Clock.systemUTC().instant()).build().toJSONObject());
    claims.put("aud", audience);
    JWSObject assertion =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new Payload(claims));
    assertion.sign(new ECDSASigner(key));
    return assertion.serialize();
  }
}

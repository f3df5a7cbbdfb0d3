package dev.signet.domain.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.signet.base.metrics.Metrics;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.keys.Keys;
import dev.signet.domain.keys.TestKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTokensTest {
  private static final TokenSettings SETTINGS =
      new TokenSettings(
          "https://id.example.org",
          "https://id.example.org",
          Duration.ofMinutes(15),
          Duration.ofSeconds(10),
          TokenSettings.Type.JWT,
          TokenSettings.Verifier.SIGNET,
          100);
  private static final RSAKey KEY = TestKeys.SIGNING;

  private final IdTokens tokens = idTokens(KEY);

  @Test
  void idTokenHasNoTypeAndVerifiesByThePublicKey() throws Exception {
    JWSObject rsa = JWSObject.parse(tokens.sign(claims(), "access"));
    JWSObject ec = JWSObject.parse(idTokens(TestKeys.EC).sign(claims(), "access"));

    assertEquals(Set.of("alg", "kid"), rsa.getHeader().toJSONObject().keySet());
    assertTrue(rsa.verify(new RSASSAVerifier(KEY.toRSAPublicKey())));
    assertTrue(ec.verify(new ECDSAVerifier(TestKeys.EC.toECPublicKey())));
  }

  /** The example of OIDC Core, appendix A.3: its access token and its at_hash. */
  @Test
  void accessTokenIsBoundByTheLeftHalfOfItsHash() throws Exception {
    String token = tokens.sign(claims(), "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");

    assertEquals(
        "77QmUPtjPfzWtF2AnpK9RQ",
        JWSObject.parse(token).getPayload().toJSONObject().get("at_hash"));
  }

  @Test
  void idTokenIsNoAccessToken() {
    TokenVerifier verifier = new TokenVerifier(TestKeys.keys(KEY), SETTINGS, Clock.systemUTC());
    Map<String, Object> claims = claims();
    claims.put("aud", SETTINGS.audience());

    String token = tokens.sign(claims, "access");

    assertEquals(
        Reason.HEADER, assertThrows(InvalidToken.class, () -> verifier.verify(token)).reason());
  }

  @Test
  void hintSaysWhomItWasAbout() throws Exception {
    IdTokenHint hint = tokens.verifyHint(tokens.sign(claims(), "access"));

    assertEquals(new IdTokenHint("42", "app", Optional.of("family")), hint);
  }

  @Test
  void hintMayHaveExpired() throws Exception {
    Map<String, Object> claims = claims();
    claims.put("exp", 1L);

    assertEquals("42", tokens.verifyHint(tokens.sign(claims, "access")).subject());
  }

  @Test
  void hintMayBeOfARetiredKey() throws Exception {
    String old = idTokens(TestKeys.EC).sign(claims(), "access");

    assertEquals("42", idTokens(KEY, TestKeys.EC.toPublicJWK()).verifyHint(old).subject());
    assertRefused(Reason.UNKNOWN_KEY, old);
  }

  @Test
  void hintMustBeOfThisIssuer() {
    Map<String, Object> claims = claims();
    claims.put("iss", "https://other.example.org");

    assertRefused(Reason.ISSUER, tokens.sign(claims, "access"));
  }

  @Test
  void hintMustSayWhomAndForWhom() {
    for (String claim : List.of("sub", "aud")) {
      Map<String, Object> claims = claims();
      claims.remove(claim);

      assertRefused(Reason.CLAIMS, tokens.sign(claims, "access"));
    }
  }

  @Test
  void otherDocumentsOfOursAreNoHints() {
    TokenSigner signer = new TokenSigner(TestKeys.keys(KEY), new Metrics());

    assertRefused(Reason.HEADER, signer.sign("logout+jwt", claims()));
    assertRefused(Reason.HEADER, signer.sign("revocations+jwt", claims()));
  }

  @Test
  void forgedHintIsRefused() throws Exception {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID()).build();
    JWSHeader hmac = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(KEY.getKeyID()).build();
    JWSHeader other = new JWSHeader.Builder(JWSAlgorithm.PS256).keyID(KEY.getKeyID()).build();
    JWSHeader ec = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KEY.getKeyID()).build();
    JWSHeader typed =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(KEY.getKeyID())
            .type(JOSEObjectType.JWT)
            .build();

    assertRefused(Reason.SIGNATURE, signed(header, new RSASSASigner(TestKeys.OTHER)));
    assertRefused(Reason.HEADER, signed(hmac, new MACSigner(KEY.toRSAPublicKey().getEncoded())));
    assertRefused(Reason.HEADER, signed(other, new RSASSASigner(KEY)));
    assertRefused(Reason.HEADER, signed(ec, new ECDSASigner(TestKeys.EC)));
    assertRefused(Reason.HEADER, signed(typed, new RSASSASigner(KEY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30.", "x", "bnVsbA.e30.AA"})
  void whatIsNoIdTokenIsRefused(String text) {
    assertThrows(InvalidToken.class, () -> tokens.verifyHint(text));
  }

  @Test
  void hugeHintIsRefusedUnread() {
    assertRefused(Reason.MALFORMED, tokens.sign(claims(), "access") + "A".repeat(1 << 20));
  }

  @Test
  void algorithmsAreThoseOfTheRing() {
    assertEquals(List.of("RS256"), tokens.algorithms());
    assertEquals(List.of("ES256", "RS256"), idTokens(TestKeys.EC, KEY.toPublicJWK()).algorithms());
  }

  private static String signed(JWSHeader header, JWSSigner signer) throws JOSEException {
    JWSObject jws = new JWSObject(header, new Payload(claims()));
    jws.sign(signer);
    return jws.serialize();
  }

  private void assertRefused(Reason reason, String token) {
    assertEquals(reason, assertThrows(InvalidToken.class, () -> tokens.verifyHint(token)).reason());
  }

  private static IdTokens idTokens(JWK... ring) {
    Keys keys = TestKeys.keys(ring);
    return new IdTokens(keys, new TokenSigner(keys, new Metrics()), SETTINGS);
  }

  private static Map<String, Object> claims() {
    return new HashMap<>(
        Map.of("iss", SETTINGS.issuer(), "sub", "42", "aud", "app", "sid", "family", "exp", 1L));
  }
}

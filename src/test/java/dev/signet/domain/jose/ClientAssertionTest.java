package dev.signet.domain.jose;

import static dev.signet.domain.jose.TestAssertions.AUDIENCE;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.signet.base.settings.KeySettings.Algorithm;
import dev.signet.domain.jose.ClientAssertion.Signature;
import dev.signet.domain.keys.Signatures;
import dev.signet.domain.keys.TestKeys;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAssertionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String TOKEN_ENDPOINT = AUDIENCE + "/oauth2/token";
  private static final JWK EC = Signatures.generate(Algorithm.ES256, 0);
  private static final JWK RSA = Signatures.generate(Algorithm.RS256, 2048);

  @Test
  void assertionByAnyOfTheClientsKeysIsGood() {
    for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256)) {
      assertGood(TestAssertions.signed(RSA, algorithm, claims(c -> c)));
    }
    assertGood(TestAssertions.signed(EC, JWSAlgorithm.ES256, claims(c -> c)));
  }

  @Test
  void signatureOfAnotherKeyUnderTheSameIdentifierIsWrong() {
    JWK another =
        new ECKey.Builder(Signatures.generate(Algorithm.ES256, 0).toECKey())
            .keyID(EC.getKeyID())
            .build();

    assertEquals(
        Signature.WRONG,
        signature(TestAssertions.signed(another, JWSAlgorithm.ES256, claims(c -> c))));
  }

  @Test
  void signatureThatNoKeyCanCheckIsNeitherRightNorWrong() {
    JWK unknown =
        new ECKey.Builder(Signatures.generate(Algorithm.ES256, 0).toECKey()).keyID("new").build();

    assertEquals(
        Signature.UNKNOWN_KEY,
        signature(TestAssertions.signed(unknown, JWSAlgorithm.ES256, claims(c -> c))));
    assertEquals(
        Signature.UNKNOWN_KEY,
        signature(TestAssertions.signed(RSA, JWSAlgorithm.RS512, claims(c -> c))));
  }

  @Test
  void assertionIsForThisServerAndNobodyElse() {
    assertRefused(
        "aud must name only this server", claims -> claims.audience("https://other.example.org"));
    assertRefused("aud must name only this server", claims -> claims.audience(List.of()));
    assertRefused(
        "aud must name only this server",
        claims -> claims.audience(List.of(AUDIENCE, "https://other.example.org")));
    assertRefused(
        "aud must name only this server", claims -> claims.audience(Arrays.asList(AUDIENCE, null)));
  }

  /** Some libraries name the issuer and the token endpoint (RFC 7523, section 3). */
  @Test
  void assertionMayNameThisServerTwice() {
    assertGood(ec(claims -> claims.audience(List.of(AUDIENCE, TOKEN_ENDPOINT))));
  }

  @Test
  void assertionIsByItsSubject() {
    assertRefused("iss must be the same as sub", claims -> claims.issuer("another"));
    assertRefused("iss must be the same as sub", claims -> claims.issuer(null));
  }

  @Test
  void assertionIsGoodForAShortTime() {
    assertRefused("exp is missing", claims -> claims.expirationTime(null));
    assertRefused(
        "exp is more than 10 minutes in the future", claims -> claims.expirationTime(at(611)));
    assertRefused("exp is in the past", claims -> claims.expirationTime(at(-10)));
    assertRefused("iat is in the future", claims -> claims.issueTime(at(11)));
    assertRefused("nbf is in the future", claims -> claims.notBeforeTime(at(11)));
    assertGood(ec(claims -> claims.expirationTime(at(-9))));
    assertGood(ec(claims -> claims.issueTime(null)));
  }

  @Test
  void assertionNeedsASubjectAndAnIdentifier() {
    for (String id : Arrays.asList(null, "", "x".repeat(257))) {
      assertRefused("jti must have 1 to 256 characters", claims -> claims.jwtID(id));
    }
    assertUnreadable(ec(claims -> claims.subject(null)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "bnVsbA.e30.AA"})
  void whatIsNoSignedJwtIsRefused(String text) {
    assertUnreadable(text);
  }

  @Test
  void keysOfAClientArePublicAndStrong() {
    for (JWK bad : List.of(EC, RSA)) {
      assertThrows(IllegalArgumentException.class, () -> ClientKeys.parse(set(List.of(bad))));
    }
    assertThrows(IllegalArgumentException.class, () -> ClientKeys.parse(set(List.of())));
    assertThrows(IllegalArgumentException.class, () -> ClientKeys.parse("null"));
    JWK encrypting =
        new RSAKey.Builder(RSA.toPublicJWK().toRSAKey()).keyUse(KeyUse.ENCRYPTION).build();
    assertThrows(IllegalArgumentException.class, () -> ClientKeys.parse(set(List.of(encrypting))));
  }

  /** RFC 8017, section 3.1. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2", "10000", "100000001"})
  void exponentOfAnRsaKeyIsOddMoreThanOneAndShort(String hex) {
    String keys = set(List.of(withExponent(hex)));

    assertThrows(IllegalArgumentException.class, () -> ClientKeys.parse(keys));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "11", "10001", "ffffffff"})
  void otherExponentsAreGood(String hex) {
    assertDoesNotThrow(() -> ClientKeys.parse(set(List.of(withExponent(hex)))));
  }

  /** Zeros before it would make it look longer. */
  @Test
  void modulusOfAnRsaKeyIsAsLongAsItSays() {
    byte[] modulus = new byte[256];
    System.arraycopy(TestKeys.generate(1024).getModulus().decode(), 0, modulus, 128, 128);
    JWK weak =
        new RSAKey.Builder(Base64URL.encode(modulus), RSA.toRSAKey().getPublicExponent()).build();

    assertThrows(IllegalArgumentException.class, () -> ClientKeys.parse(set(List.of(weak))));
  }

  private static JWK withExponent(String hex) {
    return new RSAKey.Builder(
            RSA.toRSAKey().getModulus(), Base64URL.encode(new BigInteger(hex, 16)))
        .build();
  }

  @Test
  void publishedKeysMayBeginWithWhiteSpace() {
    assertTrue(ClientKeys.parse("\r\n " + TestAssertions.jwks("one")).have("one"));
  }

  /** RFC 7517, section 5. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kty': 'OKP', 'crv': 'Ed25519', 'x': '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'}",
        "{'kty': 'AKP', 'alg': 'ML-DSA-44', 'pub': 'AAAA'}",
        "{'kty': 'EC', 'crv': 'P-384', 'x': 'AAAA', 'y': 'AAAA'}",
        "{'kty': 'EC', 'crv': 'P-256', 'x': 'AAAA', 'y': 'AAAA'}",
        "{'kty': 'EC', 'crv': 'P-1', 'x': 'AAAA', 'y': 'AAAA'}",
        "{'kty': 'RSA', 'n': 'AQAB', 'e': 'AQAB'}",
        "{'kty': 'RSA', 'n': 1}",
        "{'kty': 'x'}",
        "{'kty': 1}",
        "{}"
      })
  void keyThatIsOfNoUseDoesNotDisableTheOthers(String useless) {
    String text = TestAssertions.jwks("one").replace("]", "," + useless.replace('\'', '"') + "]");

    assertTrue(ClientKeys.parse(text).have("one"));
    assertThrows(
        IllegalArgumentException.class,
        () -> ClientKeys.parse("{\"keys\": [" + useless.replace('\'', '"') + "]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'use': 'enc'", "'use': 'other'", "'key_ops': ['sign']", "'alg': 'ECDH-ES'"})
  void keyForSomethingElseIsLeftOut(String member) {
    String other =
        TestAssertions.jwks("other").replace("\"kty\"", member.replace('\'', '"') + ",\"kty\"");
    String both =
        other.replace("{\"keys\":[", TestAssertions.jwks("one").replace("]}", ",")); // One set.

    assertTrue(ClientKeys.parse(both).have("one"));
    assertFalse(ClientKeys.parse(both).have("other"));
    assertThrows(IllegalArgumentException.class, () -> ClientKeys.parse(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kty': 'oct', 'k': 'AAAA'}",
        "{'kty': 'OKP', 'crv': 'Ed25519', 'x': 'AAAA', 'd': 'AAAA'}",
        "{'kty': 'RSA', 'n': 'AAAA', 'e': 'AQAB', 'use': 'enc', 'p': 'AAAA'}",
        "{'kty': 'AKP', 'alg': 'ML-DSA-44', 'pub': 'AAAA', 'priv': 'AAAA'}"
      })
  void secretIsRefusedWithAllThatIsBesideIt(String secret) {
    String text = TestAssertions.jwks("one").replace("]", "," + secret.replace('\'', '"') + "]");

    assertThrows(IllegalArgumentException.class, () -> ClientKeys.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{",
        "{'keys': null}",
        "{'keys': {}}",
        "{'keys': [null]}",
        "{'keys': [1]}",
        "[]",
        ""
      })
  void whatIsNoKeySetIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> ClientKeys.parse(text.replace('\'', '"')));
  }

  private static String ec(UnaryOperator<JWTClaimsSet.Builder> change) {
    return TestAssertions.signed(EC, JWSAlgorithm.ES256, claims(change));
  }

  private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
    return change.apply(TestAssertions.claims("reports", AUDIENCE, NOW)).build();
  }

  private static Date at(int seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  private static Signature signature(String text) {
    return parsed(text)
        .signature(ClientKeys.parse(set(List.of(EC.toPublicJWK(), RSA.toPublicJWK()))));
  }

  private static Optional<String> refusedClaim(String text) {
    return parsed(text).refusedClaim(Set.of(AUDIENCE, TOKEN_ENDPOINT), NOW, Duration.ofSeconds(10));
  }

  private static ClientAssertion parsed(String text) {
    return assertDoesNotThrow(() -> ClientAssertion.parse(text));
  }

  private static String set(List<JWK> keys) {
    Map<String, Object> set = new JWKSet(keys).toJSONObject(false);
    return JSONObjectUtils.toJSONString(set);
  }

  private static void assertGood(String text) {
    assertEquals(Signature.RIGHT, signature(text));
    assertEquals(Optional.empty(), refusedClaim(text));
  }

  private static void assertRefused(String claim, UnaryOperator<JWTClaimsSet.Builder> change) {
    assertEquals(Signature.RIGHT, signature(ec(change)));
    assertEquals(Optional.of(claim), refusedClaim(ec(change)));
  }

  private static void assertUnreadable(String text) {
    assertThrows(InvalidToken.class, () -> ClientAssertion.parse(text));
  }
}

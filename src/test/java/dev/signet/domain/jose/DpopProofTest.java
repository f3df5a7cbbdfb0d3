package dev.signet.domain.jose;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.keys.TestKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DpopProofTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ADDRESS = "https://id.example.org/oauth2/token";
  private static final TestProofs PROOFS = TestProofs.fresh();

  @Test
  void proofTellsTheThumbprintOfItsKey() throws Exception {
    DpopProof proof = checked(PROOFS.proof("POST", ADDRESS, NOW));

    assertEquals(PROOFS.thumbprint(), proof.thumbprint());
    assertEquals(Optional.empty(), proof.nonce());
    assertFalse(proof.isFor("token"));
    assertEquals(
        Optional.of("n"), DpopProof.parse(with(claims -> claims.claim("nonce", "n"))).nonce());
  }

  /** The key of RFC 9449, section 4.1, with the thumbprint of section 6.1. */
  @Test
  void thumbprintIsThatOfTheSpecification() throws Exception {
    ECKey key =
        ECKey.parse(
            "{\"kty\":\"EC\",\"x\":\"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs\","
                + "\"y\":\"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA\",\"crv\":\"P-256\"}");

    assertEquals("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I", key.computeThumbprint().toString());
  }

  @Test
  void strongRsaKeysAreAsGood() {
    TestProofs rsa = new TestProofs(TestKeys.OTHER);
    JWTClaimsSet claims = claims(c -> c);

    for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256)) {
      assertDoesNotThrow(() -> checked(rsa.signed(rsa.header(algorithm).build(), claims)));
    }
    assertUnreadable(rsa.signed(rsa.header(JWSAlgorithm.RS512).build(), claims));
    TestProofs weak = new TestProofs(TestKeys.generate(1024));
    assertUnreadable(weak.signed(weak.header(JWSAlgorithm.RS256).build(), claims));
  }

  @Test
  void proofIsSignedByTheKeyThatItNames() {
    JWSHeader another =
        new JWSHeader.Builder(PROOFS.header(JWSAlgorithm.ES256).build())
            .jwk(TestProofs.fresh().key().toPublicJWK())
            .build();

    assertUnreadable(PROOFS.signed(another, claims(c -> c)));
  }

  @Test
  void headerIsThatOfAProof() {
    JWSHeader good = PROOFS.header(JWSAlgorithm.ES256).build();
    JWTClaimsSet claims = claims(c -> c);

    assertUnreadable(
        PROOFS.signed(new JWSHeader.Builder(good).type(JOSEObjectType.JWT).build(), claims));
    assertUnreadable(PROOFS.signed(new JWSHeader.Builder(good).type(null).build(), claims));
    assertUnreadable(PROOFS.signed(new JWSHeader.Builder(good).jwk(null).build(), claims));
  }

  /** Such a header cannot be built with the library, which checks it as well. */
  @Test
  void privateKeyInTheHeaderIsRefused() {
    assertHeaderRefused(
        "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + PROOFS.key().toJSONString() + "}");
    assertHeaderRefused(
        "{\"typ\":\"dpop+jwt\",\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}");
    assertHeaderRefused(
        "{\"typ\":\"dpop+jwt\",\"alg\":\"none\",\"jwk\":"
            + PROOFS.key().toPublicJWK().toJSONString()
            + "}");
  }

  private static void assertHeaderRefused(String header) {
    String good = PROOFS.proof("POST", ADDRESS, NOW);
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(header.getBytes(StandardCharsets.UTF_8));
    assertUnreadable(encoded + good.substring(good.indexOf('.')));
    assertUnreadable(encoded + good.substring(good.indexOf('.'), good.lastIndexOf('.') + 1));
  }

  @Test
  void proofNeedsAllItsClaims() {
    assertUnreadable(with(claims -> claims.jwtID(null)));
    assertUnreadable(with(claims -> claims.jwtID("")));
    assertUnreadable(with(claims -> claims.jwtID("x".repeat(257))));
    assertUnreadable(with(claims -> claims.claim("htm", null)));
    assertUnreadable(with(claims -> claims.claim("htm", 1)));
    assertUnreadable(with(claims -> claims.claim("htu", null)));
    assertUnreadable(with(claims -> claims.issueTime(null)));
    assertUnreadable(with(claims -> claims.claim("iat", "now")));
    assertUnreadable(with(claims -> claims.claim("nonce", 1)));
    assertUnreadable(with(claims -> claims.claim("ath", List.of("x"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "bnVsbA.e30.AA"})
  void whatIsNoSignedJwtIsRefused(String text) {
    assertUnreadable(text);
    assertUnreadable(text + "x".repeat(8_192));
  }

  @Test
  void proofIsForOneMethodAndOneAddress() {
    assertRefused(Reason.CLAIMS, PROOFS.proof("GET", ADDRESS, NOW));
    assertRefused(Reason.CLAIMS, PROOFS.proof("post", ADDRESS, NOW));
    for (String other :
        List.of(
            "http://id.example.org/oauth2/token",
            "https://id.example.org:8443/oauth2/token",
            "https://id.example.com/oauth2/token",
            "https://id.example.org/oauth2/Token",
            "https://id.example.org/oauth2/token/",
            "https://id.example.org/oauth2%2Ftoken",
            "https://id.example.org/",
            "https://id.example.org")) {
      assertRefused(Reason.CLAIMS, PROOFS.proof("POST", other, NOW));
    }
    for (String none : List.of("/oauth2/token", "https:/oauth2/token", "https://a b/", "token")) {
      assertUnreadable(PROOFS.proof("POST", none, NOW));
    }
    assertUnreadable(PROOFS.proof("POST", "https://user@id.example.org/oauth2/token", NOW));
  }

  /** RFC 3986, sections 6.2.2 and 6.2.3; RFC 9449, section 4.3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTPS://ID.example.org/oauth2/token",
        "https://id.example.org:443/oauth2/token",
        "https://id.example.org/oauth2/x/../token",
        "https://id.example.org/oauth2/./token",
        "https://id.example.org/oauth2/%74oken",
        "https://id.example.org/oauth2/token?a=b#c"
      })
  void sameAddressMayBeWrittenInAnotherWay(String address) {
    assertDoesNotThrow(() -> checked(PROOFS.proof("POST", address, NOW)));
  }

  @Test
  void emptyPathIsASlashAndEscapesHaveNoCase() throws Exception {
    DpopProof root = DpopProof.parse(PROOFS.proof("GET", "http://localhost:80", NOW));
    DpopProof escaped = DpopProof.parse(PROOFS.proof("GET", "http://localhost/a%2fb", NOW));

    assertDoesNotThrow(() -> root.check("GET", "http://localhost/", NOW));
    assertDoesNotThrow(() -> escaped.check("GET", "http://localhost/a%2Fb", NOW));
    assertThrows(InvalidToken.class, () -> escaped.check("GET", "http://localhost/a/b", NOW));
  }

  @Test
  void proofIsGoodForAMinuteAndClocksMayBeAMinuteApart() {
    assertDoesNotThrow(() -> checked(madeAt(-59)));
    assertDoesNotThrow(() -> checked(madeAt(60)));
    assertRefused(Reason.EXPIRED, madeAt(-60));
    assertRefused(Reason.NOT_YET_VALID, madeAt(61));
  }

  @Test
  void proofGoesWithOneAccessToken() throws Exception {
    DpopProof proof = checked(PROOFS.proof("POST", ADDRESS, NOW, "token"));

    assertTrue(proof.isFor("token"));
    assertFalse(proof.isFor("other"));
  }

  @Test
  void proofsHaveNamesOfTheirOwn() throws Exception {
    String one = checked(with(claims -> claims.jwtID("1"))).identity();

    assertEquals(one, checked(with(claims -> claims.jwtID("1"))).identity());
    assertNotEquals(one, checked(with(claims -> claims.jwtID("2"))).identity());
    TestProofs another = TestProofs.fresh();
    assertNotEquals(
        one, checked(another.proof("POST", ADDRESS, NOW, claims -> claims.jwtID("1"))).identity());
  }

  @Test
  void nothingThatIsSecretIsInTheName() throws Exception {
    assertEquals(
        "DpopProof[" + PROOFS.thumbprint() + "]",
        DpopProof.parse(PROOFS.proof("POST", ADDRESS, NOW)).toString());
  }

  private static String madeAt(int seconds) {
    return with(claims -> claims.issueTime(Date.from(NOW.plusSeconds(seconds))));
  }

  private static String with(UnaryOperator<JWTClaimsSet.Builder> change) {
    return PROOFS.proof("POST", ADDRESS, NOW, change);
  }

  private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .jwtID("1")
            .claim("htm", "POST")
            .claim("htu", ADDRESS)
            .issueTime(Date.from(NOW));
    return change.apply(claims).build();
  }

  private static DpopProof checked(String text) throws InvalidToken {
    DpopProof proof = DpopProof.parse(text);
    proof.check("POST", ADDRESS, NOW);
    return proof;
  }

  private static void assertRefused(Reason reason, String text) {
    assertEquals(reason, assertThrows(InvalidToken.class, () -> checked(text)).reason());
  }

  private static void assertUnreadable(String text) {
    assertThrows(InvalidToken.class, () -> DpopProof.parse(text));
  }
}

package dev.signet.domain.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.signet.base.metrics.Metrics;
import dev.signet.base.settings.TestClock;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.keys.Keys;
import dev.signet.domain.keys.TestKeys;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class TokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long SECONDS = NOW.getEpochSecond();
  private static final TokenSettings SETTINGS =
      new TokenSettings(
          "https://id.example.org",
          "https://api.example.org",
          Duration.ofMinutes(15),
          Duration.ofSeconds(10),
          TokenSettings.Type.JWT,
          TokenSettings.Verifier.SIGNET,
          100);
  private static final RSAKey KEY = TestKeys.SIGNING;

  private final TokenVerifier verifier = verifierAt(NOW);

  @Test
  void signedTokenPassesWithItsClaims() throws Exception {
    VerifiedToken token = verifier.verify(signed(claims()));

    assertEquals("42", token.subject());
    assertEquals("ada", token.name());
    assertEquals(Set.of("user"), token.groups());
    assertEquals(SECONDS + 60, token.expiresAt());
  }

  @Test
  void tokenOfTheSignerPasses() throws Exception {
    String token = new TokenSigner(TestKeys.keys(), new Metrics()).sign(adas());

    VerifiedToken verified = verifier.verify(token);

    assertEquals(Set.of("user", "admin"), verified.groups());
    assertEquals(
        Set.of(
            "iss",
            "sub",
            "upn",
            "groups",
            "jti",
            "iat",
            "exp",
            "aud",
            "client_id",
            "scope",
            "auth_time"),
        verified.claims().keySet());
    assertEquals(SECONDS, verified.claims().get("auth_time"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "nOnE", "NONE", ""})
  void unsignedTokenIsRefused(String algorithm) {
    String header = encode("{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"%s\"}", algorithm);
    String payload = encode(JSONObjectUtils.toJSONString(claims()));

    assertRefused(Reason.HEADER, header + "." + payload + ".");
    assertRefused(Reason.HEADER, header + "." + payload + "." + signatureOf(signed(claims())));
  }

  @Test
  void headerWithoutAlgorithmIsRefused() {
    String payload = encode(JSONObjectUtils.toJSONString(claims()));

    assertRefused(
        Reason.HEADER,
        encode("{\"typ\":\"JWT\",\"kid\":\"" + KEY.getKeyID() + "\"}")
            + "."
            + payload
            + "."
            + signatureOf(signed(claims())));
  }

  @Test
  void tokenSignedWithThePublicKeyAsSecretIsRefused() throws Exception {
    List<byte[]> secrets =
        List.of(
            TestKeys.publicPem(KEY).getBytes(UTF_8),
            KEY.toRSAPublicKey().getEncoded(),
            TestKeys.ring().publicJwks().getBytes(UTF_8),
            KEY.toPublicJWK().toJSONString().getBytes(UTF_8));
    for (byte[] secret : secrets) {
      JWSHeader header = header(JWSAlgorithm.HS256).build();

      assertRefused(Reason.HEADER, sign(header, claims(), new MACSigner(secret)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PS256", "RS512", "RS384", "PS512"})
  void otherAlgorithmOverTheSameKeyIsRefused(String algorithm) throws Exception {
    JWSHeader header = header(JWSAlgorithm.parse(algorithm)).build();

    assertRefused(Reason.HEADER, sign(header, claims(), new RSASSASigner(KEY)));
  }

  @Test
  void ecHeaderWithZeroSignatureIsRefused() {
    String header = encode("{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"%s\"}", "ES256");
    String payload = encode(JSONObjectUtils.toJSONString(claims()));
    String zeros = Base64URL.encode(new byte[64]).toString();

    assertRefused(Reason.HEADER, header + "." + payload + "." + zeros);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "' or 1=1 --",
        "\\u0000",
        "/dev/null",
        "http://127.0.0.1:1/keys",
        "unknown"
      })
  void unknownKeyIdentifierIsRefused(String kid) {
    String header = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}");
    String payload = encode(JSONObjectUtils.toJSONString(claims()));

    assertRefused(Reason.UNKNOWN_KEY, header + "." + payload + "." + signatureOf(signed(claims())));
  }

  @Test
  void hugeHeaderIsRefused() {
    String header =
        encode("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + "k".repeat(10_000) + "\"}");

    assertRefused(Reason.HEADER, header + ".e30." + signatureOf(signed(claims())));
  }

  @Test
  void headerThatBringsOrNamesAKeyIsRefused() throws Exception {
    RSAKey attackers = TestKeys.OTHER;
    List<JWSHeader> headers =
        List.of(
            header(JWSAlgorithm.RS256).jwk(attackers.toPublicJWK()).build(),
            header(JWSAlgorithm.RS256).jwkURL(URI.create("http://127.0.0.1:1/")).build(),
            header(JWSAlgorithm.RS256).x509CertURL(URI.create("http://127.0.0.1:1/")).build(),
            header(JWSAlgorithm.RS256).x509CertChain(List.of(new Base64("AAAA"))).build(),
            header(JWSAlgorithm.RS256).contentType("JWT").build(),
            header(JWSAlgorithm.RS256).criticalParams(Set.of("exp")).customParam("exp", 1).build());
    for (JWSHeader header : headers) {
      assertRefused(Reason.HEADER, sign(header, claims(), new RSASSASigner(KEY)));
      assertRefused(Reason.HEADER, sign(header, claims(), new RSASSASigner(attackers)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AT+JWT", "logout+jwt", "jwt", "JWT ", "application/jwt"})
  void otherTypeIsRefused(String type) throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(KEY.getKeyID())
            .type(new JOSEObjectType(type))
            .build();
    // Nimbus compares types without regard to case; Signet does not.
    assertRefused(Reason.HEADER, sign(header, claims(), new RSASSASigner(KEY)));
  }

  @Test
  void missingTypeIsRefused() throws Exception {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID()).build();

    assertRefused(Reason.HEADER, sign(header, claims(), new RSASSASigner(KEY)));
  }

  @Test
  void tokenOfAnotherKeyIsRefused() throws Exception {
    assertRefused(
        Reason.SIGNATURE,
        sign(header(JWSAlgorithm.RS256).build(), claims(), new RSASSASigner(TestKeys.OTHER)));
  }

  @Test
  void changedTokenIsRefused() {
    String token = signed(claims());
    String[] parts = token.split("\\.", -1);
    Map<String, Object> changed = claims();
    changed.put("groups", List.of("user", "admin"));

    assertRefused(
        Reason.SIGNATURE,
        parts[0] + "." + encode(JSONObjectUtils.toJSONString(changed)) + "." + parts[2]);
    List<String> variants =
        List.of(
            parts[0] + "." + parts[1] + ".",
            token.substring(0, token.length() - 1),
            token.substring(0, token.length() - 4),
            token + "AAAA",
            token + "=",
            token + "\n",
            token + ".",
            token + ".x");
    for (String variant : variants) {
      assertThrows(InvalidToken.class, () -> verifier.verify(variant), variant);
    }
  }

  @Test
  void lastCharacterOfTheSignatureCannotBeVaried() {
    String token = signed(claims());
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char last = token.charAt(token.length() - 1);
    for (int i = 0; i < alphabet.length(); i++) {
      char other = alphabet.charAt(i);
      if (other != last) {
        String varied = token.substring(0, token.length() - 1) + other;
        assertThrows(InvalidToken.class, () -> verifier.verify(varied), varied);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "x",
        "{\"payload\":\"\"}",
        "é.é.é",
        "bnVsbA.e30.AA"
      })
  void whatIsNoCompactJwsIsRefused(String token) {
    assertThrows(InvalidToken.class, () -> verifier.verify(token));
  }

  @Test
  void hugeTokenIsRefusedUnread() {
    assertRefused(Reason.MALFORMED, signed(claims()) + "A".repeat(1 << 20));
  }

  @Test
  void signedButDeeplyNestedClaimsAreRefused() {
    String deep = "{\"a\":" + "[".repeat(4_000) + "]".repeat(4_000) + "}";

    assertRefused(Reason.CLAIMS, signedText(deep));
  }

  @Test
  void issuerMustBeExactlyThis() {
    for (Object issuer :
        new Object[] {
          "https://id.example.org/", "https://ID.example.org", "http://id.example.org", "", 1, null
        }) {
      assertRefused(Reason.ISSUER, signed(with("iss", issuer)));
    }
  }

  @Test
  void audienceMustContainThis() throws Exception {
    verifier.verify(signed(with("aud", List.of("other", SETTINGS.audience()))));
    verifier.verify(signed(with("aud", SETTINGS.audience())));

    for (Object audience : new Object[] {"other", List.of("other"), List.of(), ""}) {
      assertRefused(Reason.AUDIENCE, signed(with("aud", audience)));
    }
    assertRefused(Reason.CLAIMS, signed(with("aud", null)));
    assertRefused(Reason.CLAIMS, signed(with("aud", 1)));
    assertRefused(Reason.CLAIMS, signed(with("aud", List.of(1))));
  }

  @Test
  void expiryAllowsTheSkewAndNoMore() throws Exception {
    verifier.verify(signed(with("exp", SECONDS - 9)));

    assertRefused(Reason.EXPIRED, signed(with("exp", SECONDS - 10)));
    assertRefused(Reason.EXPIRED, signed(with("exp", 0)));
  }

  @Test
  void notBeforeAndIssuedAtAllowTheSkewAndNoMore() throws Exception {
    for (String claim : List.of("nbf", "iat")) {
      verifier.verify(signed(with(claim, SECONDS + 10)));

      assertRefused(Reason.NOT_YET_VALID, signed(with(claim, SECONDS + 11)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"1\"", "1.5", "1e30", "-1", "null", "[]", "true", "9223372036854775808"})
  void timesMustBeWholeSeconds(String value) {
    for (String claim : List.of("exp", "iat", "nbf", "auth_time")) {
      Map<String, Object> claims = claims();
      claims.remove(claim);
      String json = JSONObjectUtils.toJSONString(claims);
      String text = json.substring(0, json.length() - 1) + ",\"" + claim + "\":" + value + "}";

      assertThrows(InvalidToken.class, () -> verifier.verify(signedText(text)), claim);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub", "upn", "jti", "client_id", "groups", "iat", "exp", "aud", "iss"})
  void everyClaimOfAnAccessTokenIsRequired(String claim) {
    Map<String, Object> claims = claims();
    claims.remove(claim);

    assertThrows(InvalidToken.class, () -> verifier.verify(signed(claims)));
  }

  @Test
  void clientThatActsForItselfIsItsTokensSubjectAndHasNoName() throws Exception {
    Map<String, Object> claims = with("sub", "reports");
    claims.put("client_id", "reports");
    claims.remove("upn");

    assertEquals("reports", verifier.verify(signed(claims)).name());

    claims.put("client_id", "another");
    assertRefused(Reason.CLAIMS, signed(claims));
  }

  @Test
  void clientMaySayThatItActsForAnother() throws Exception {
    Map<String, Object> claims = with("sub", "reports");
    claims.put("client_id", "gateway");
    claims.remove("upn");
    claims.put("act", Map.of("sub", "gateway"));

    VerifiedToken token = verifier.verify(signed(claims));

    assertEquals("reports", token.subject());
    assertFalse(token.isOfUser());
    assertEquals(Optional.of(Map.of("sub", "gateway")), token.actor());
    for (Object nobody : List.of("gateway", Map.of(), Map.of("sub", 1), List.of())) {
      claims.put("act", nobody);
      assertRefused(Reason.CLAIMS, signed(claims));
      assertRefused(Reason.CLAIMS, signed(with("act", nobody)));
    }
  }

  @Test
  void tokenForOthersIsRefusedAlsoWhenItIsRemembered() throws Exception {
    String token = signed(with("aud", List.of("https://orders.example.org")));

    assertEquals(
        List.of("https://orders.example.org"), verifier.verifyForAnyAudience(token).audience());
    assertRefused(Reason.AUDIENCE, token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonce", "at_hash", "c_hash", "events"})
  void idTokenAndLogoutTokenAreRefused(String claim) {
    assertRefused(Reason.CLAIMS, signed(with(claim, "x")));
  }

  @Test
  void rememberedTokenExpiresToo() throws Exception {
    TestClock clock = new TestClock(NOW);
    TokenVerifier moving = new TokenVerifier(TestKeys.keys(), SETTINGS, clock);
    String token = signed(claims());
    moving.verify(token);
    moving.verify(token);

    clock.advance(Duration.ofSeconds(70));

    assertEquals(
        Reason.EXPIRED, assertThrows(InvalidToken.class, () -> moving.verify(token)).reason());
  }

  @Test
  void rememberingDoesNotLetAnotherTokenPass() throws Exception {
    String token = signed(claims());
    verifier.verify(token);

    assertThrows(InvalidToken.class, () -> verifier.verify(token + "A"));
    assertThrows(InvalidToken.class, () -> verifier.verify(token.substring(0, token.length() - 1)));
  }

  @Test
  void tokensOfAnEcKeyPass() throws Exception {
    Keys ec = TestKeys.keys(TestKeys.EC, KEY);
    TokenVerifier both = verifierWith(ec);
    String token = new TokenSigner(ec, new Metrics()).sign(adas());

    assertEquals("ES256", headerOf(token).get("alg"));
    assertEquals("ada", both.verify(token).name());
    assertEquals("ada", both.verify(signed(claims())).name());
    assertRefused(Reason.UNKNOWN_KEY, token);
  }

  @Test
  void ecSignatureOfZerosOrOfAnotherLengthIsRefused() {
    Keys ec = TestKeys.keys(TestKeys.EC);
    TokenVerifier verifierOfEc = verifierWith(ec);
    String token = new TokenSigner(ec, new Metrics()).sign(adas());
    String signed = token.substring(0, token.lastIndexOf('.') + 1);
    for (int length : new int[] {0, 1, 63, 64, 65, 72, 128}) {
      String zeros = Base64URL.encode(new byte[length]).toString();

      assertEquals(Reason.SIGNATURE, refusal(verifierOfEc, signed + zeros), () -> "" + length);
    }
  }

  /** RFC 8725, section 3.1: a key is for one algorithm. */
  @Test
  void algorithmOfAnotherKeyIsRefused() throws Exception {
    TokenVerifier both = verifierWith(TestKeys.keys(KEY, TestKeys.EC));
    JWSHeader rsaHeader =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(TestKeys.EC.getKeyID())
            .type(JOSEObjectType.JWT)
            .build();
    JWSHeader ecHeader = header(JWSAlgorithm.ES256).build();

    assertEquals(Reason.HEADER, refusal(both, sign(rsaHeader, claims(), new RSASSASigner(KEY))));
    assertEquals(
        Reason.HEADER, refusal(both, sign(ecHeader, claims(), new ECDSASigner(TestKeys.EC))));
  }

  @Test
  void tokenOfAKeyThatLeftTheRingIsRefusedThoughItWasRemembered() throws Exception {
    TestKeys.Rings rings = TestKeys.Rings.of(TestKeys.ring());
    Keys keys = rings.keys();
    TokenVerifier following = verifierWith(keys);
    String token = signed(claims());
    following.verify(token);
    following.verify(token);

    rings.replace(TestKeys.ring(TestKeys.OTHER));
    keys.refresh();
    assertEquals(Reason.UNKNOWN_KEY, refusal(following, token));

    rings.replace(TestKeys.ring(TestKeys.OTHER, KEY));
    keys.refresh();
    assertEquals("ada", following.verify(token).name());
  }

  @Test
  void signerFollowsTheRing() {
    TestKeys.Rings rings = TestKeys.Rings.of(TestKeys.ring());
    Keys keys = rings.keys();
    TokenSigner signer = new TokenSigner(keys, new Metrics());
    signer.sign(adas());

    rings.replace(TestKeys.ring(TestKeys.EC, KEY));
    keys.refresh();

    assertEquals(TestKeys.EC.getKeyID(), headerOf(signer.sign(adas())).get("kid"));
    assertEquals("ES256", headerOf(signer.sign("x+jwt", Map.of())).get("alg"));
  }

  @Test
  void otherSignedDocumentsAreNoAccessTokens() throws Exception {
    TokenSigner signer = new TokenSigner(TestKeys.keys(), new Metrics());

    String document = signer.sign("revocations+jwt", claims());

    assertEquals("revocations+jwt", headerOf(document).get("typ"));
    JWSObject parsed = JWSObject.parse(document);
    assertTrue(parsed.verify(new RSASSAVerifier(KEY.toRSAPublicKey())));
    assertEquals(claims(), parsed.getPayload().toJSONObject());
    assertRefused(Reason.HEADER, document);
    for (String type : List.of("JWT", "jwt", "at+jwt", "AT+JWT")) {
      assertThrows(IllegalArgumentException.class, () -> signer.sign(type, claims()), type);
    }
  }

  @Test
  void expiredTokenStillSaysWhoseSessionEnds() throws Exception {
    Map<String, Object> claims = with("exp", SECONDS - 86_400);
    claims.put("sid", "family");
    String token = signed(claims);

    assertEquals("family", verifier.verifyExpired(token).session().orElseThrow());
    assertRefused(Reason.EXPIRED, token);
    assertEquals("42", verifier.verifyExpired(signed(claims())).subject());
  }

  @Test
  void expiredTokenMustPassEveryOtherCheck() {
    String token = signed(with("exp", SECONDS - 86_400));
    List<String> forged =
        List.of(
            token.substring(0, token.length() - 4) + "AAAA",
            signed(with("iss", "https://other.example.org")),
            signed(with("iat", SECONDS + 60)),
            "A".repeat(1 << 20),
            "");
    for (String other : forged) {
      assertThrows(InvalidToken.class, () -> verifier.verifyExpired(other), other);
    }
  }

  @Test
  void inspectionExplainsWithoutThrowing() {
    Inspection good = verifier.inspect(signed(claims()));
    assertTrue(good.valid());
    assertEquals(Optional.empty(), good.reason());
    assertEquals("RS256", good.header().get("alg"));
    assertEquals("ada", good.claims().get("upn"));

    Inspection expired = verifier.inspect(signed(with("exp", 0)));
    assertFalse(expired.valid());
    assertEquals(Optional.of(Reason.EXPIRED), expired.reason());
    assertEquals("ada", expired.claims().get("upn"));

    Inspection unsigned = verifier.inspect(encode("{\"alg\":\"none\"}") + ".e30.");
    assertEquals(Optional.of(Reason.HEADER), unsigned.reason());
    assertEquals(Map.of("alg", "none"), unsigned.header());

    for (String garbage : List.of("", "..", "é", "a.b", "bnVsbA.bnVsbA.AA", "x".repeat(1 << 20))) {
      Inspection inspection = verifier.inspect(garbage);
      assertFalse(inspection.valid());
      assertEquals(Map.of(), inspection.claims());
    }
  }

  /** What the header of a token says. */
  public static Map<String, Object> headerOf(String token) {
    try {
      return JWSObject.parse(token).getHeader().toJSONObject();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Claims adas() {
    return new Claims(
        TokenSettings.Type.JWT,
        SETTINGS.issuer(),
        "42",
        Optional.of("ada"),
        List.of("user", "admin"),
        "id",
        NOW,
        NOW.plusSeconds(60),
        List.of(SETTINGS.audience()),
        "signet",
        "api",
        Optional.of(NOW),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private static Reason refusal(TokenVerifier verifier, String token) {
    return assertThrows(InvalidToken.class, () -> verifier.verify(token), token).reason();
  }

  private static TokenVerifier verifierWith(Keys keys) {
    return new TokenVerifier(keys, SETTINGS, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static TokenVerifier verifierAt(Instant now) {
    return new TokenVerifier(TestKeys.keys(), SETTINGS, Clock.fixed(now, ZoneOffset.UTC));
  }

  private void assertRefused(Reason reason, String token) {
    InvalidToken refused = assertThrows(InvalidToken.class, () -> verifier.verify(token), token);
    assertEquals(reason, refused.reason(), token);
  }

  private static Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", SETTINGS.issuer());
    claims.put("sub", "42");
    claims.put("upn", "ada");
    claims.put("groups", new ArrayList<>(List.of("user")));
    claims.put("jti", "id");
    claims.put("iat", SECONDS);
    claims.put("exp", SECONDS + 60);
    claims.put("aud", SETTINGS.audience());
    claims.put("client_id", "signet");
    claims.put("scope", "api");
    claims.put("auth_time", SECONDS);
    return claims;
  }

  private static Map<String, Object> with(String name, Object value) {
    Map<String, Object> claims = claims();
    claims.put(name, value);
    return claims;
  }

  private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm).keyID(KEY.getKeyID()).type(JOSEObjectType.JWT);
  }

  private static String signed(Map<String, Object> claims) {
    return signedText(JSONObjectUtils.toJSONString(claims));
  }

  private static String signedText(String payload) {
    try {
      return sign(header(JWSAlgorithm.RS256).build(), new Payload(payload), new RSASSASigner(KEY));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sign(JWSHeader header, Map<String, Object> claims, JWSSigner signer)
      throws JOSEException {
    return sign(header, new Payload(claims), signer);
  }

  private static String sign(JWSHeader header, Payload payload, JWSSigner signer)
      throws JOSEException {
    JWSObject token = new JWSObject(header, payload);
    token.sign(signer);
    return token.serialize();
  }

  private static String signatureOf(String token) {
    return token.substring(token.lastIndexOf('.') + 1);
  }

  private static String encode(String json) {
    return Base64URL.encode(json).toString();
  }

  private static String encode(String header, String algorithm) {
    return encode(header.formatted(algorithm, KEY.getKeyID()));
  }
}

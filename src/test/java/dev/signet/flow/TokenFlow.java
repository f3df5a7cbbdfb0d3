package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static dev.signet.flow.Problems.assertTokenRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks with tokens: every refusal is the same on every server. The attacker of the worst cases
 * has Signet's own key, so that only the rule under test can refuse.
 */
interface TokenFlow extends Flow {
  /** A foreign key, and its certificate. */
  String CERTIFIED = "mallory";

  String PIN = "changeit";

  @Test
  default void forgedTokenWithTheRightContentPasses() {
    assertEquals(200, forgery().client(forgery().token()).get("/api/protected").status());
  }

  @Test
  default void missingTokenIsChallengedWithoutAnError() {
    for (String path : List.of("/api/protected", "/api/me", "/api/users", "/api/users/42")) {
      assertTokenMissing(client().get(path));
    }
    assertTokenMissing(client().delete("/api/me"));
    assertTokenMissing(client().delete("/api/users/42"));
    assertTokenMissing(client().patch("/api/me", Map.of()));
    assertTokenMissing(client().patch("/api/users/42", Map.of()));
    assertTokenMissing(client().post("/api/me/password", Map.of()));
  }

  @Test
  default void missingRoleIsForbidden() {
    assertProblem(403, "forbidden", TestUsers.loggedIn(client()).client().get("/api/users"));
  }

  @Test
  default void queryDoesNotCarryTokens() {
    assertTokenMissing(client().get("/api/protected?access_token=" + forgery().token()));
  }

  @Test
  default void bodyDoesNotCarryTokens() {
    assertTokenMissing(client().patch("/api/me", Map.of("access_token", forgery().token())));
  }

  @Test
  default void otherSchemesAreNoTokens() {
    assertTokenMissing(
        client().send(client().request("/api/protected").header("Authorization", "Basic YTpi")));
  }

  @Test
  default void twoAuthorizationHeadersAreRefused() {
    Client holder = forgery().client(forgery().token());

    assertTokenRefused(
        holder.send(holder.request("/api/protected").header("Authorization", "Bearer x")));
  }

  @Test
  default void badTokenIsRefusedWhereNoneIsNeeded() {
    assertTokenRefused(client().withToken("x").get("/api/health/live"));
    assertTokenRefused(client().withToken("x").get("/docs/"));
  }

  @Test
  default void garbageIsRefused() {
    String token = forgery().token();
    for (String garbage :
        List.of(
            ".",
            "..",
            "a.b.c",
            token + ".",
            token + "AAAA",
            token.substring(0, token.length() - 9),
            token.substring(0, token.lastIndexOf('.') + 1),
            "{\"payload\":\"e30\",\"signatures\":[]}",
            "e30.e30.e30")) {
      assertTokenRefused(client().withToken(garbage).get("/api/protected"));
    }
  }

  @Test
  default void unsignedTokenIsRefused() {
    String payload = forgery().token().split("\\.", -1)[1];
    for (String algorithm : List.of("none", "None", "nOnE", "NONE", "")) {
      String header =
          Base64URL.encode(
                  "{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"%s\"}"
                      .formatted(algorithm, forgery().key().getKeyID()))
              .toString();

      assertTokenRefused(client().withToken(header + "." + payload + ".").get("/api/protected"));
    }
    String without =
        Base64URL.encode("{\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(forgery().key().getKeyID()))
            .toString();
    assertTokenRefused(client().withToken(without + "." + payload + ".").get("/api/protected"));
  }

  @Test
  default void publicKeyIsNoSharedSecret() throws Exception {
    RSAKey key = forgery().key();
    String jwks = client().get("/.well-known/jwks.json").body();
    byte[] der = key.toRSAPublicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
    for (byte[] secret : List.of(der, pem.getBytes(UTF_8), jwks.getBytes(UTF_8))) {
      String token =
          forgery().sign(forgery().header(JWSAlgorithm.HS256).build(), new MACSigner(secret));

      assertTokenRefused(client().withToken(token).get("/api/protected"));
    }
  }

  @Test
  default void otherAlgorithmsOverTheSameKeyAreRefused() {
    for (JWSAlgorithm algorithm :
        List.of(JWSAlgorithm.PS256, JWSAlgorithm.RS512, JWSAlgorithm.RS384)) {
      String token = forgery().sign(forgery().header(algorithm).build());

      assertTokenRefused(client().withToken(token).get("/api/protected"));
    }
  }

  /** Of zeros, which some have taken for a good one (CVE-2022-21449), and one that is good. */
  @Test
  default void ellipticHeaderOverTheRsaKeyIsRefused() {
    String[] good = forgery().token().split("\\.", -1);
    String header =
        Base64URL.encode(
                "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"%s\"}"
                    .formatted(forgery().key().getKeyID()))
            .toString();
    for (String signature : List.of(Base64URL.encode(new byte[64]).toString(), good[2])) {
      String token = header + "." + good[1] + "." + signature;

      assertTokenRefused(client().withToken(token).get("/api/protected"));
    }
  }

  @Test
  default void unknownOrHostileKeyIdentifierIsRefused() {
    for (String kid :
        List.of("unknown", "../../../etc/passwd", "' or 1=1 --", "\0", "k".repeat(4_000))) {
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(kid).build();

      assertTokenRefused(client().withToken(forgery().sign(header)).get("/api/protected"));
    }
    JWSHeader without = new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).build();
    assertTokenRefused(client().withToken(forgery().sign(without)).get("/api/protected"));
  }

  @Test
  default void keysThatATokenBringsAreNotUsed(@TempDir Path directory) throws Exception {
    JWK attackers = Forgery.otherKey();
    String token =
        Forgery.withKey(attackers.toRSAKey())
            .sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(JOSEObjectType.JWT)
                    .keyID(forgery().key().getKeyID())
                    .jwk(attackers.toPublicJWK())
                    .build());
    KeyStore certified = certified(directory);
    byte[] certificate = certified.getCertificate(CERTIFIED).getEncoded();
    String withCertificate =
        forgery()
            .sign(
                forgery()
                    .header(JWSAlgorithm.ES256)
                    .x509CertChain(List.of(com.nimbusds.jose.util.Base64.encode(certificate)))
                    .build(),
                new ECDSASigner((ECPrivateKey) certified.getKey(CERTIFIED, PIN.toCharArray())));

    assertTokenRefused(client().withToken(token).get("/api/protected"));
    assertTokenRefused(client().withToken(withCertificate).get("/api/protected"));
  }

  @Test
  default void addressesInATokenAreNeverFetched() throws IOException {
    try (ServerSocket trap = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      trap.setSoTimeout(300);
      URI address = URI.create("http://127.0.0.1:" + trap.getLocalPort() + "/keys");
      for (JWSHeader header :
          List.of(
              forgery().header(JWSAlgorithm.RS256).jwkURL(address).build(),
              forgery().header(JWSAlgorithm.RS256).x509CertURL(address).build())) {
        assertTokenRefused(client().withToken(forgery().sign(header)).get("/api/protected"));
      }
      Assertions.assertThrows(SocketTimeoutException.class, trap::accept);
    }
  }

  @Test
  default void tokensOfOtherTypesAreRefused() {
    for (String type : List.of("AT+JWT", "logout+jwt", "dpop+jwt", "secevent+jwt")) {
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.RS256)
              .type(new JOSEObjectType(type))
              .keyID(forgery().key().getKeyID())
              .build();

      assertTokenRefused(client().withToken(forgery().sign(header)).get("/api/protected"));
    }
  }

  @Test
  default void idTokenIsRefused() {
    Map<String, Object> claims = forgery().claims();
    claims.put("aud", "some-client");
    claims.put("nonce", "n-0S6_WzA2Mj");
    claims.remove("client_id");

    assertTokenRefused(forgery().client(forgery().token(claims)).get("/api/protected"));
  }

  @Test
  default void claimsThatAreNotExactlyRightAreRefused() {
    long now = forgery().now();
    List<Map<String, Object>> variants = new ArrayList<>();
    variants.add(forgery().claims("iss", client().baseUrl() + "/"));
    variants.add(forgery().claims("iss", "https://attacker.example"));
    variants.add(forgery().claims("aud", "https://other.example"));
    variants.add(forgery().claims("aud", List.of("https://other.example")));
    variants.add(forgery().claims("exp", now - 60));
    variants.add(forgery().claims("exp", String.valueOf(now + 60)));
    variants.add(forgery().claims("exp", now + 60.5));
    variants.add(forgery().claims("exp", 1e30));
    variants.add(forgery().claims("exp", -1));
    variants.add(forgery().claims("nbf", now + 60));
    variants.add(forgery().claims("iat", now + 60));
    variants.add(forgery().claims("groups", "admin"));
    for (String required :
        List.of("iss", "sub", "upn", "groups", "jti", "iat", "exp", "aud", "client_id")) {
      Map<String, Object> without = forgery().claims();
      without.remove(required);
      variants.add(without);
    }
    for (Map<String, Object> claims : variants) {
      assertTokenRefused(forgery().client(forgery().token(claims)).get("/api/protected"));
    }
  }

  /** The documented skew is ten seconds; half of it leaves room for a slow machine. */
  @Test
  default void clocksMayBeApartByTheSkew() {
    for (Map.Entry<String, Integer> apart : Map.of("exp", -4, "nbf", 5).entrySet()) {
      Map<String, Object> claims =
          forgery().claims(apart.getKey(), forgery().now() + apart.getValue());
      assertEquals(200, forgery().client(forgery().token(claims)).get("/api/protected").status());
    }
  }

  @Test
  default void hugeTokenIsRefusedQuickly() {
    Client.Reply reply =
        assertTimeout(
            Duration.ofSeconds(5),
            () -> client().withToken("a".repeat(1 << 20)).get("/api/protected"));

    assertEquals(4, reply.status() / 100, reply::toString);
  }

  /** A small key with a small certificate: a long header would be refused for its length. */
  private static KeyStore certified(Path directory) throws Exception {
    Path file = directory.resolve("key.p12");
    String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String arguments =
        "-genkeypair -keyalg EC -groupname secp256r1 -dname CN=x -alias " + CERTIFIED;
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments.split(" ", -1)));
    command.addAll(List.of("-keystore", file.toString(), "-storepass", PIN));
    assertEquals(0, new ProcessBuilder(command).start().waitFor());
    return KeyStore.getInstance(file.toFile(), PIN.toCharArray());
  }

  /** Signs what it is told to, with the key of the server under test. */
  private Forgery forgery() {
    return Forgery.of(client());
  }
}

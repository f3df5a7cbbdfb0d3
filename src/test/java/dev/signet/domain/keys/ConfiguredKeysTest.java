package dev.signet.domain.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TestClock;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.domain.audit.TestAudit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredKeysTest {
  private static final String PEM = TestKeys.privatePem(TestKeys.SIGNING);

  @TempDir Path directory;

  private final TestAudit audit = new TestAudit();
  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));

  @Test
  void pemTextBecomesTheSigningKey() {
    KeyRing ring = load("signet.keys.private", PEM);

    assertEquals(TestKeys.SIGNING.getKeyID(), ring.signing().id());
  }

  @Test
  void filesOfKeysMayBeginWithAByteOrderMark() throws IOException {
    String set = Files.readString(Path.of(write("keys.json", TestKeys.SIGNING)));
    for (KeyRing ring :
        List.of(
            load("signet.keys.private.file", write("key.pem", "\uFEFF" + PEM)),
            load("signet.keys.jwks.file", write("marked.json", "\uFEFF" + set)))) {
      assertEquals(TestKeys.SIGNING.getKeyID(), ring.signing().id());
    }
  }

  @Test
  void keyInDerStopsTheStartAndIsCalledWhatItIs() throws Exception {
    Path file = directory.resolve("key.der");
    Files.write(file, TestKeys.SIGNING.toPrivateKey().getEncoded());

    String refusal =
        assertRefused("signet.keys.private.file", "signet.keys.private.file", file.toString());

    assertTrue(refusal.contains("not UTF-8 text"), refusal);
  }

  @Test
  void pemFileBecomesTheSigningKey() throws IOException {
    KeyRing ring =
        load(
            "signet.keys.private.file", write("key.pem", PEM),
            "signet.keys.public.file", write("pub.pem", TestKeys.publicPem(TestKeys.SIGNING)));

    assertEquals(TestKeys.SIGNING.getKeyID(), ring.signing().id());
  }

  @Test
  void jwkSetsFirstPrivateKeySignsAndAllVerify() throws IOException {
    RSAKey publicOnly = TestKeys.OTHER.toPublicJWK();
    KeyRing ring = load("signet.keys.jwks.file", write("keys.json", publicOnly, TestKeys.SIGNING));

    assertEquals(TestKeys.SIGNING.getKeyID(), ring.signing().id());
    assertEquals(2, ring.verifications().size());
  }

  @Test
  void publishedKeysHaveNoPrivatePart() throws Exception {
    KeyRing ring = load("signet.keys.private", PEM);

    JWKSet published = JWKSet.parse(ring.publicJwks());
    JWK key = published.getKeys().get(0);
    assertFalse(key.isPrivate());
    assertEquals(JWSAlgorithm.RS256, key.getAlgorithm());
    for (String secret : List.of("\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\"")) {
      assertFalse(ring.publicJwks().contains(secret), secret);
    }
  }

  @Test
  void ecKeySignsWithEs256() throws IOException {
    KeyRing ring =
        load(
            "signet.keys.private.file", write("key.pem", TestKeys.privatePem(TestKeys.EC)),
            "signet.keys.public.file", write("pub.pem", TestKeys.publicPem(TestKeys.EC)));

    assertEquals(TestKeys.EC.getKeyID(), ring.signing().id());
    assertEquals(JWSAlgorithm.ES256, ring.signing().algorithm());
    assertTrue(ring.publicJwks().contains("\"alg\":\"ES256\""), ring.publicJwks());
    assertFalse(ring.publicJwks().contains("\"d\""), ring.publicJwks());
  }

  /** PKCS#8 as Java writes it has no public half; there are two candidates for it. */
  @Test
  void publicHalfOfAnEcKeyIsFound() {
    for (int i = 0; i < 8; i++) {
      ECKey key = TestKeys.generateEc();

      assertEquals(
          key.getKeyID(), load("signet.keys.private", TestKeys.privatePem(key)).signing().id());
    }
  }

  @Test
  void ecKeyOnAnotherCurveStopsTheStart() throws Exception {
    for (Curve curve : List.of(Curve.P_384, Curve.P_521)) {
      JWK key = new ECKeyGenerator(curve).generate();

      assertRefused("signet.keys.private", "signet.keys.private", TestKeys.privatePem(key));
    }
    assertRefused(
        "signet.keys.public",
        "signet.keys.private",
        TestKeys.privatePem(TestKeys.EC),
        "signet.keys.public",
        TestKeys.publicPem(TestKeys.SIGNING));
  }

  @Test
  void jwkSetMayMixRsaAndEcKeys() throws IOException {
    KeyRing ring = load("signet.keys.jwks.file", write("keys.json", TestKeys.EC, TestKeys.SIGNING));

    assertEquals(JWSAlgorithm.ES256, ring.signing().algorithm());
    assertEquals(
        List.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256),
        ring.verifications().values().stream().map(KeyRing.Verification::algorithm).toList());
  }

  @Test
  void changedJwkSetIsReadWithinTenSeconds() throws IOException {
    ConfiguredKeys source = source("signet.keys.jwks.file", write("keys.json", TestKeys.SIGNING));
    KeyRing first = source.load();
    write("keys.json", TestKeys.EC, TestKeys.SIGNING);

    source.update();
    assertSame(first, source.ring());

    clock.advance(Duration.ofSeconds(10));
    source.update();
    assertEquals(TestKeys.EC.getKeyID(), source.ring().signing().id());
    assertEquals(
        List.of(RingKey.State.SIGNING, RingKey.State.PUBLISHED),
        source.list().stream().map(RingKey::state).toList());
    assertEquals(List.of("key_rotated - -"), audit.lines());
  }

  @Test
  void unusableNewJwkSetLeavesTheFormerKeysInUse() throws IOException {
    String file = write("keys.json", TestKeys.SIGNING);
    ConfiguredKeys source = source("signet.keys.jwks.file", file);
    KeyRing first = source.load();
    for (String text : List.of("", "{\"keys\":[", "{\"keys\":[]}")) {
      write("keys.json", text);
      clock.advance(Duration.ofSeconds(10));
      source.update();
      assertSame(first, source.ring());
    }
    Files.delete(Path.of(file));
    clock.advance(Duration.ofSeconds(10));
    source.update();
    assertSame(first, source.ring());

    write("keys.json", TestKeys.OTHER, TestKeys.SIGNING);
    clock.advance(Duration.ofSeconds(10));
    source.update();
    assertEquals(TestKeys.OTHER.getKeyID(), source.ring().signing().id());
  }

  @Test
  void configuredKeysAreRotatedByTheirOperator() {
    ConfiguredKeys source = source("signet.keys.private", PEM);
    source.load();

    Refusal refusal = assertThrows(Refusal.class, source::rotate);

    assertEquals(Problem.ROTATION_REFUSED, refusal.problem());
    assertTrue(refusal.getMessage().contains("signet.keys.jwks.file"), refusal.getMessage());
  }

  @Test
  void generatedKeyMayBeAnEcKeyAndLeavesTheOtherAlone() {
    String rsa = load().signing().id();
    KeyRing ec = load("signet.keys.algorithm", "ES256");

    assertEquals(JWSAlgorithm.ES256, ec.signing().algorithm());
    assertEquals(ec.signing().id(), load("signet.keys.algorithm", "ES256").signing().id());
    assertEquals(rsa, load().signing().id());
  }

  @Test
  void generatedKeyIsMadeOnceAndReadableByItsOwnerOnly() throws IOException {
    String first = load().signing().id();
    String second = load().signing().id();

    assertEquals(first, second);
    Path file = directory.resolve(GeneratedKey.FILE);
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    try (var files = Files.list(directory)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void dataDirectoryIsItsOwnersAlone() throws IOException {
    Path data = directory.resolve("data");
    load("signet.data.directory", data.toString());

    assertEquals(PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(data));
  }

  @Test
  void directoryThatCannotBeWrittenStopsTheStart() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertRefused("signet.data.directory", "signet.data.directory", file.resolve("x").toString());
  }

  @Test
  void keyBelow2048BitsStopsTheStart() {
    String refusal =
        assertRefused(
            "signet.keys.private",
            "signet.keys.private",
            TestKeys.privatePem(TestKeys.generate(1024)));

    assertTrue(refusal.contains("1024"), refusal);
  }

  @Test
  void keyOf3072BitsIsAccepted() {
    RSAKey key = TestKeys.generate(3072);

    assertEquals(
        key.getKeyID(), load("signet.keys.private", TestKeys.privatePem(key)).signing().id());
  }

  @Test
  void publicKeyOfAnotherPairStopsTheStart() {
    assertRefused(
        "signet.keys.public",
        "signet.keys.private",
        PEM,
        "signet.keys.public",
        TestKeys.publicPem(TestKeys.OTHER));
  }

  @Test
  void jwkWhosePartsDoNotBelongTogetherStopsTheStart() throws Exception {
    RSAKey mixed =
        new RSAKey.Builder(TestKeys.OTHER.toRSAPublicKey())
            .privateKey(TestKeys.SIGNING.toRSAPrivateKey())
            .keyID("mixed")
            .build();

    assertRefused("signet.keys.jwks.file", "signet.keys.jwks.file", write("keys.json", mixed));
  }

  @Test
  void jwkSetWithoutPrivateKeyStopsTheStart() throws IOException {
    assertRefused(
        "signet.keys.jwks.file",
        "signet.keys.jwks.file",
        write("keys.json", TestKeys.SIGNING.toPublicJWK()));
  }

  @Test
  void jwkSetWithTwoKeysOfOneIdentifierStopsTheStart() throws IOException {
    RSAKey twin = new RSAKey.Builder(TestKeys.OTHER).keyID(TestKeys.SIGNING.getKeyID()).build();

    assertRefused(
        "signet.keys.jwks.file",
        "signet.keys.jwks.file",
        write("keys.json", TestKeys.SIGNING, twin));
  }

  @Test
  void jwkSetWithAnotherKindOfKeyStopsTheStart() throws Exception {
    for (JWK other :
        List.of(
            new ECKeyGenerator(Curve.P_384).keyID("other").generate(),
            new OctetSequenceKeyGenerator(256).keyID("other").generate())) {
      assertRefused(
          "signet.keys.jwks.file",
          "signet.keys.jwks.file",
          write("keys.json", TestKeys.SIGNING, other));
    }
  }

  @Test
  void unreadableKeysStopTheStartAndNameTheirSetting() throws IOException {
    String garbage = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
    String missing = directory.resolve("missing").toString();

    assertRefused("signet.keys.private", "signet.keys.private", "not a key");
    assertRefused("signet.keys.private", "signet.keys.private", garbage);
    assertRefused("signet.keys.private.file", "signet.keys.private.file", missing);
    assertRefused("signet.keys.jwks.file", "signet.keys.jwks.file", missing);
    assertRefused("signet.keys.jwks.file", "signet.keys.jwks.file", write("keys.json", "{}"));
    assertRefused(
        "signet.keys.public", "signet.keys.private", PEM, "signet.keys.public", "not a key");
  }

  @Test
  void refusalsAndToStringShowNoKeyMaterial() {
    String body = PEM.split("\n", -1)[1];
    String refusal =
        assertRefused(
            "signet.keys.public",
            "signet.keys.private",
            PEM,
            "signet.keys.public",
            TestKeys.publicPem(TestKeys.OTHER));

    assertFalse(refusal.contains(body));
    assertFalse(load("signet.keys.private", PEM).toString().contains(body));
  }

  private String assertRefused(String named, String... values) {
    InvalidSettings refused = assertThrows(InvalidSettings.class, () -> load(values));
    assertTrue(refused.getMessage().startsWith(named + " "), refused.getMessage());
    return refused.getMessage();
  }

  private KeyRing load(String... values) {
    return source(values).load();
  }

  private ConfiguredKeys source(String... values) {
    Map<String, String> map = new HashMap<>();
    map.put("signet.data.directory", directory.toString());
    for (int i = 0; i < values.length; i += 2) {
      map.put(values[i], values[i + 1]);
    }
    return new ConfiguredKeys(
        Settings.read(key -> Optional.ofNullable(map.get(key))), clock, audit.log());
  }

  private String write(String name, JWK... keys) throws IOException {
    return write(name, new JWKSet(Arrays.asList(keys)).toString(false));
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}

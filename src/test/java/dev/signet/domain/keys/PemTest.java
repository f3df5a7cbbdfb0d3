package dev.signet.domain.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWK;
import dev.signet.base.settings.reading.InvalidSettings;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PEM text as people have it is read, or refused by what it is. */
class PemTest {
  private static final String SETTING = "signet.keys.private";
  private static final String RSA = TestKeys.privatePem(TestKeys.SIGNING);
  private static final String EC = TestKeys.privatePem(TestKeys.EC);
  private static final String CERTIFICATE = block("CERTIFICATE", new byte[200]);

  /** The inner octets of PKCS#8, which ends with them: what openssl writes with -traditional. */
  private static final byte[] PKCS1 = inner(RSA, 26);

  static Stream<String> formsOfTheRsaKey() {
    return Stream.of(
        RSA,
        RSA.replace("\n", "\\n"),
        RSA.replace("\n", "\\r\\n"),
        RSA.replace("\n", "\r\n"),
        RSA.replace("\n", "\r"),
        RSA.replace("\n", " "),
        RSA.replace("\n", ""),
        "\uFEFF" + RSA,
        "  \t\n" + RSA + "\n\n",
        "\"" + RSA + "\"",
        RSA.replace("\n", "\n  "),
        CERTIFICATE + RSA,
        RSA + CERTIFICATE + CERTIFICATE,
        "Bag Attributes\n  friendlyName: a-b\n" + RSA + "subject=CN = x\n" + CERTIFICATE,
        RSA + TestKeys.publicPem(TestKeys.SIGNING),
        base64(RSA),
        base64("\uFEFF" + RSA.replace("\n", "\r\n")),
        Base64.getMimeEncoder().encodeToString(RSA.getBytes(StandardCharsets.UTF_8)) + "\n",
        block("RSA PRIVATE KEY", PKCS1),
        block("RSA PRIVATE KEY", PKCS1).replace("\n", "\\n"),
        base64(CERTIFICATE + block("RSA PRIVATE KEY", PKCS1)));
  }

  @ParameterizedTest
  @MethodSource("formsOfTheRsaKey")
  void rsaKeyIsReadInEveryFormThatPeopleHave(String text) {
    assertEquals(TestKeys.SIGNING.getKeyID(), read(text).getKeyID());
  }

  @Test
  void ecKeyIsReadInSec1WithItsParametersAndWithout() throws Exception {
    byte[] scalar = TestKeys.EC.getD().decode();
    byte[] point = join(new byte[] {4}, TestKeys.EC.getX().decode(), TestKeys.EC.getY().decode());
    byte[] curve = hex("A00A06082A8648CE3D030107");
    byte[] publicKey = join(hex("A144034200"), point);

    for (byte[] rest : List.of(new byte[0], curve, join(curve, publicKey), publicKey)) {
      byte[] body = join(hex("0201010420"), scalar, rest);
      byte[] sec1 = join(new byte[] {0x30, (byte) body.length}, body);
      String text =
          block("EC PARAMETERS", hex("06082A8648CE3D030107")) + block("EC PRIVATE KEY", sec1);

      assertEquals(TestKeys.EC.getKeyID(), read(text).getKeyID());
    }
    assertEquals(TestKeys.EC.getKeyID(), read(EC.replace("\n", "\\r\\n")).getKeyID());
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp384r1", "secp521r1"})
  void sec1KeyOnAnotherCurveIsRefused(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    String pkcs8 = block("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
    byte[] whole = Base64.getMimeDecoder().decode(pkcs8.split("-----", -1)[2]);
    int at = indexOf(whole, hex("020101"));
    byte[] sec1 = Arrays.copyOfRange(whole, at - 2, whole.length);

    assertTrue(refusal(block("EC PRIVATE KEY", sec1)).contains("P-256"));
  }

  @Test
  void publicKeyIsReadInPkcs1Too() throws Exception {
    byte[] spki = TestKeys.SIGNING.toPublicKey().getEncoded();
    String pkcs1 = block("RSA PUBLIC KEY", Arrays.copyOfRange(spki, 24, spki.length));

    for (String form : List.of(pkcs1, base64(pkcs1), CERTIFICATE + pkcs1.replace("\n", "\\n"))) {
      assertEquals(
          TestKeys.SIGNING.getKeyID(),
          Pem.keyPair(SETTING, RSA, "signet.keys.public", Optional.of(form)).getKeyID());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ENCRYPTED PRIVATE KEY, encrypted private key",
    "OPENSSH PRIVATE KEY, ssh-keygen -p -m PKCS8",
    "DSA PRIVATE KEY, of the kind DSA PRIVATE KEY",
    "CERTIFICATE, contains CERTIFICATE only",
    "CERTIFICATE REQUEST, contains CERTIFICATE REQUEST only",
    "PUBLIC KEY, contains PUBLIC KEY only",
    "EC PARAMETERS, contains EC PARAMETERS only",
  })
  void whatIsNoReadableKeyIsCalledWhatItIs(String label, String sentence) {
    String refusal = refusal(block(label, new byte[60]));

    assertTrue(refusal.contains(sentence), refusal);
  }

  @Test
  void encryptedKeyOfOpensslBeforePkcs8IsCalledEncrypted() {
    String text =
        block("RSA PRIVATE KEY", PKCS1)
            .replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n");

    assertTrue(refusal(text).contains("encrypted private key"));
  }

  @Test
  void textWithoutAWholeKeyIsCalledWhatItIs() {
    String body = RSA.split("-----", -1)[2];

    assertTrue(refusal("not a key").contains("has no BEGIN line"));
    assertTrue(refusal("").contains("has no BEGIN line"));
    assertTrue(refusal(body).contains("base64 without its BEGIN and END lines"));
    assertTrue(refusal(RSA.substring(0, 400)).contains("is cut off"));
    assertTrue(refusal(RSA + EC).contains("contains 2 keys"));
    assertTrue(refusal(block("PRIVATE KEY", new byte[3])).contains("not a readable"));
    assertTrue(refusal(block("EC PRIVATE KEY", new byte[3])).contains("not a readable"));
    assertTrue(refusal(block("RSA PRIVATE KEY", new byte[3])).contains("not a readable"));
  }

  @Test
  void privateKeyInThePlaceOfThePublicOneIsCalledWhatItIs() {
    String refusal = publicRefusal(RSA);

    assertTrue(refusal.contains("contains a private key. Keep the private key secret"), refusal);
    assertTrue(publicRefusal(CERTIFICATE).contains("openssl x509 -pubkey"));
    assertTrue(
        publicRefusal(block("DSA PUBLIC KEY", new byte[3])).contains("must be RSA or P-256"));
  }

  private static JWK read(String text) {
    return Pem.keyPair(SETTING, text, "signet.keys.public", Optional.empty());
  }

  private static String refusal(String text) {
    return checked(SETTING, assertThrows(InvalidSettings.class, () -> read(text)));
  }

  private static String publicRefusal(String text) {
    return checked(
        "signet.keys.public",
        assertThrows(
            InvalidSettings.class,
            () -> Pem.keyPair(SETTING, RSA, "signet.keys.public", Optional.of(text))));
  }

  /** It names its setting and shows no key. */
  private static String checked(String setting, InvalidSettings refused) {
    assertTrue(refused.getMessage().startsWith(setting + " "), refused::getMessage);
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      assertFalse(String.valueOf(cause.getMessage()).contains(RSA.split("\n", -1)[5]));
      assertFalse(String.valueOf(cause.getMessage()).contains("AAAA"));
    }
    return refused.getMessage();
  }

  private static String block(String label, byte[] content) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] inner(String pkcs8, int header) {
    byte[] whole = Base64.getMimeDecoder().decode(pkcs8.split("-----", -1)[2]);
    return Arrays.copyOfRange(whole, header, whole.length);
  }

  private static int indexOf(byte[] text, byte[] part) {
    for (int i = 10; i + part.length <= text.length; i++) {
      if (Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError();
  }

  private static byte[] join(byte[]... parts) {
    return Stream.of(parts)
        .reduce(
            (one, other) -> {
              byte[] both = Arrays.copyOf(one, one.length + other.length);
              System.arraycopy(other, 0, both, one.length, other.length);
              return both;
            })
        .orElseThrow();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}

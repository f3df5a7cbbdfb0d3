package dev.signet.domain.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class TransferKeyTest {
  private static final String PASSPHRASE = "twelve plums a day";

  private final TransferKey key = TransferKey.random();

  @Test
  void secretIsOpenedWithThePassphraseElsewhere() throws GeneralSecurityException {
    String wrapped = key.wrap(PASSPHRASE);
    String sealed = key.seal("client a", "hash");

    assertEquals("hash", TransferKey.unwrap(wrapped, PASSPHRASE).open("client a", sealed));
    String header =
        new String(
            Base64.getUrlDecoder().decode(wrapped.split("\\.", 2)[0]), StandardCharsets.UTF_8);
    assertTrue(header.contains("\"alg\":\"PBES2-HS512+A256KW\""), header);
    assertTrue(header.contains("\"enc\":\"A256GCM\""), header);
    assertTrue(header.contains("\"p2c\":210000"), header);
    assertFalse(key.wrap(PASSPHRASE).equals(wrapped), "each with a salt of its own");
    assertEquals("TransferKey[]", key.toString());
  }

  @Test
  void nobodyElseOpensIt() throws Exception {
    String wrapped = key.wrap(PASSPHRASE);
    String sealed = key.seal("client a", "hash");

    assertRefused(wrapped, PASSPHRASE + "x");
    assertRefused(wrapped.substring(0, wrapped.length() - 4) + "AAAA", PASSPHRASE);
    assertRefused("no JWE", PASSPHRASE);
    assertThrows(GeneralSecurityException.class, () -> key.open("client b", sealed));
    assertThrows(
        GeneralSecurityException.class, () -> TransferKey.random().open("client a", sealed));

    JWEObject weaker =
        new JWEObject(
            new JWEHeader(JWEAlgorithm.PBES2_HS256_A128KW, EncryptionMethod.A256GCM),
            new Payload("x"));
    weaker.encrypt(new PasswordBasedEncrypter(PASSPHRASE, 16, 1_000));
    assertRefused(weaker.serialize(), PASSPHRASE);
  }

  private static void assertRefused(String wrapped, String passphrase) {
    assertThrows(GeneralSecurityException.class, () -> TransferKey.unwrap(wrapped, passphrase));
  }
}

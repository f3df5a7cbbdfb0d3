package dev.signet.keys;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.PasswordBasedDecrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;

/**
 * A key that seals the secrets of one export, so that many can be written and read one by one. It
 * travels with them, encrypted with a passphrase: a JWE with {@code PBES2-HS512+A256KW} (RFC 7518,
 * section 4.8) and {@code A256GCM}.
 */
public final class TransferKey {
  /** As OWASP asks for PBKDF2 with SHA-512. */
  private static final int ITERATIONS = 210_000;

  private static final int SALT_BYTES = 16;
  private static final int KEY_BYTES = 32;

  private final String key;
  private final Seal seal;

  private TransferKey(String key) {
    this.key = key;
    seal = new Seal(key);
  }

  public static TransferKey random() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new TransferKey(Base64.getEncoder().encodeToString(bytes));
  }

  /** The key for who has the passphrase. */
  public String wrap(String passphrase) {
    JWEObject jwe =
        new JWEObject(
            new JWEHeader(JWEAlgorithm.PBES2_HS512_A256KW, EncryptionMethod.A256GCM),
            new Payload(key));
    try {
      jwe.encrypt(new PasswordBasedEncrypter(passphrase, SALT_BYTES, ITERATIONS));
      return jwe.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The key again.
   *
   * @throws GeneralSecurityException if the passphrase is another one, or the text none of {@link
   *     #wrap}
   */
  public static TransferKey unwrap(String text, String passphrase) throws GeneralSecurityException {
    try {
      JWEObject jwe = JWEObject.parse(text);
      if (!JWEAlgorithm.PBES2_HS512_A256KW.equals(jwe.getHeader().getAlgorithm())) {
        throw new GeneralSecurityException("unsupported algorithm");
      }
      jwe.decrypt(new PasswordBasedDecrypter(passphrase));
      return new TransferKey(jwe.getPayload().toString());
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      throw new GeneralSecurityException("the passphrase is incorrect", e);
    }
  }

  /** Encrypts a secret, bound to what it is of. */
  public String seal(String of, String secret) {
    return seal.seal(of, secret);
  }

  /**
   * Decrypts a secret.
   *
   * @throws GeneralSecurityException if it is of something else, or was changed
   */
  public String open(String of, String sealed) throws GeneralSecurityException {
    return seal.open(of, sealed);
  }

  @Override
  public String toString() {
    return "TransferKey[]";
  }
}

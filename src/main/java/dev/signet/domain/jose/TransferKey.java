package dev.signet.domain.jose;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.PasswordBasedDecrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import dev.signet.base.secret.Seal;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;

/**
 * A key that encrypts the secrets of one export individually, so that the file can be written and
 * read as a stream. The file contains the key, encrypted with a passphrase: a JWE with {@code
 * PBES2-HS512+A256KW} (RFC 7518, section 4.8) and {@code A256GCM}.
 */
public final class TransferKey {
  /** The recommendation of OWASP for PBKDF2 with SHA-512. */
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

  /** Returns the key, encrypted with the passphrase. */
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
   * Decrypts a key.
   *
   * @throws GeneralSecurityException if the passphrase is wrong, or the text is not a result of
   *     {@link #wrap}
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

  /** Encrypts a secret, bound to its owner. */
  public String seal(String of, String secret) {
    return seal.seal(of, secret);
  }

  /**
   * Decrypts a secret.
   *
   * @throws GeneralSecurityException if it has a different owner, or was modified
   */
  public String open(String of, String sealed) throws GeneralSecurityException {
    return seal.open(of, sealed);
  }

  @Override
  public String toString() {
    return "TransferKey[]";
  }
}

package dev.signet.base.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts private keys for the database: AES-256-GCM with a random nonce, bound to the identifier
 * of the key, so that an encrypted key cannot replace another one. The text is base64url of nonce
 * (12 bytes), ciphertext and tag (16 bytes).
 */
public final class Seal {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  /**
   * Creates a seal.
   *
   * @param base64 the encryption key: 32 bytes
   */
  public Seal(String base64) {
    key = new SecretKeySpec(Base64.getDecoder().decode(base64), "AES");
  }

  public String seal(String id, String secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, id, nonce).doFinal(secret.getBytes(StandardCharsets.UTF_8));
      byte[] both =
          ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Decrypts a key that was encrypted for {@code id}.
   *
   * @throws GeneralSecurityException if it was encrypted with a different key or for a different
   *     identifier, or was modified
   */
  public String open(String id, String sealed) throws GeneralSecurityException {
    try {
      byte[] both = Base64.getUrlDecoder().decode(sealed);
      if (both.length < NONCE_BYTES + TAG_BITS / 8) {
        throw new GeneralSecurityException("cut");
      }
      byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, id, nonce);
      byte[] secret = cipher.doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
      return new String(secret, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not encrypted by Signet", e);
    }
  }

  private Cipher cipher(int mode, String id, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}

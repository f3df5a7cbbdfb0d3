package dev.signet.base.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** SHA-256 of texts, and their comparison. */
public final class Digest {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private Digest() {}

  /** Returns 32 bytes. */
  public static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns 43 characters of base64url. */
  public static String of(String text) {
    return ENCODER.encodeToString(sha256(text));
  }

  /** Compares in constant time. */
  public static boolean isEqual(String presented, String expected) {
    return MessageDigest.isEqual(
        presented.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.signet.base.secret;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * An opaque secret of 256 random bits. The database only stores its SHA-256 hash: with this
 * entropy, a slow hash would add no security.
 */
public record OpaqueToken(String value) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int BYTES = 32;

  /** The length of the bytes in base64url. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  public static OpaqueToken random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new OpaqueToken(ENCODER.encodeToString(bytes));
  }

  /**
   * Whether it has the form of a value that Signet issues. An unknown value of this form may be an
   * old one that was deleted; guessing one is infeasible (RFC 6749, section 10.10).
   */
  public boolean hasForm() {
    return FORM.matcher(value).matches();
  }

  /** Returns the hash that is stored. */
  public String hash() {
    return Digest.of(value);
  }

  @Override
  public String toString() {
    return "OpaqueToken[]";
  }
}

package dev.signet.keys;

import dev.signet.base.secret.Digest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A secret of 256 random bits that says nothing. The database has its SHA-256 only: with that much
 * entropy, a slow hash would add nothing.
 */
public record OpaqueToken(String value) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int BYTES = 32;

  /** As many characters as base64url needs for the bytes. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  public static OpaqueToken random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new OpaqueToken(ENCODER.encodeToString(bytes));
  }

  /**
   * Whether Signet may have issued it: such a value that is unknown can be an old one, which has
   * been deleted since. Nobody guesses one (RFC 6749, section 10.10).
   */
  public boolean hasForm() {
    return FORM.matcher(value).matches();
  }

  /** What is stored of it. */
  public String hash() {
    return Digest.of(value);
  }

  @Override
  public String toString() {
    return "OpaqueToken[]";
  }
}

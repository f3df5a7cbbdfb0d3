package dev.signet.domain.credential;

import com.password4j.Argon2Function;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash with its salt and its parameters (RFC 9106, section 3.1), stored as a PHC
 * string: {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}, in Base64 without padding.
 *
 * <p>password4j computes the bytes only. Its own PHC string converts the algorithm's name to lower
 * case with the JVM's locale, which is {@code argon2ıd} in Turkish.
 */
public final class PasswordHash {
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getDecoder();
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,6}),t=([1-9]\\d{0,2}),p=([1-9]\\d?)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,172})");

  private final HashParameters parameters;
  private final byte[] salt;
  private final byte[] value;

  private PasswordHash(HashParameters parameters, byte[] salt, byte[] value) {
    this.parameters = parameters;
    this.salt = salt;
    this.value = value;
  }

  /** Computes the hash of a password. */
  static PasswordHash make(
      Argon2Function function, HashParameters parameters, String password, byte[] salt) {
    return new PasswordHash(parameters, salt, compute(function, password, salt));
  }

  /**
   * Parses a PHC string; empty if it is not one of Argon2id. Only the canonical encoding is
   * accepted: bits that Base64 does not use must be zero (RFC 4648, section 3.5).
   */
  public static Optional<PasswordHash> read(String text) {
    Matcher phc = PHC.matcher(text);
    return phc.matches() ? read(phc).filter(hash -> hash.phc().equals(text)) : Optional.empty();
  }

  private static Optional<PasswordHash> read(Matcher phc) {
    try {
      byte[] value = DECODER.decode(phc.group(5));
      HashParameters parameters =
          new HashParameters(
              Integer.parseInt(phc.group(1)),
              Integer.parseInt(phc.group(2)),
              Integer.parseInt(phc.group(3)),
              value.length);
      return Optional.of(new PasswordHash(parameters, DECODER.decode(phc.group(4)), value));
    } catch (IllegalArgumentException e) {
      // The length is one character more than whole bytes take.
      return Optional.empty();
    }
  }

  public HashParameters parameters() {
    return parameters;
  }

  /**
   * Whether the password matches this hash, computed by a function with the parameters of this
   * hash.
   */
  boolean matches(Argon2Function function, String password) {
    return MessageDigest.isEqual(value, compute(function, password, salt));
  }

  /** Returns the text to store. */
  String phc() {
    return "$argon2id$v=19$m="
        + parameters.memory()
        + ",t="
        + parameters.passes()
        + ",p="
        + parameters.lanes()
        + "$"
        + ENCODER.encodeToString(salt)
        + "$"
        + ENCODER.encodeToString(value);
  }

  private static byte[] compute(Argon2Function function, String password, byte[] salt) {
    return function.hash(password.getBytes(StandardCharsets.UTF_8), salt).getBytes();
  }
}

package dev.signet.domain.code;

import dev.signet.base.secret.OpaqueToken;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The code that a user enters to allow a device (RFC 8628, section 6.1): eight letters from an
 * alphabet of twenty without vowels, so that it forms no words. An attacker gets about a hundred
 * attempts at 25 billion codes.
 *
 * @param letters upper case, without separators
 */
public record UserCode(String letters) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
  private static final int LENGTH = 8;
  private static final int MOST_TYPED = 40;
  private static final Pattern SEPARATORS = Pattern.compile("[\\p{Punct}\\p{Pd}\\s]+");
  private static final Pattern LETTERS = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");

  static UserCode random() {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      letters.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return new UserCode(letters.toString());
  }

  /**
   * Parses the input of a user, in any case and with any separators. Returns empty if it is not a
   * code.
   */
  public static Optional<UserCode> parse(String typed) {
    if (typed.length() > MOST_TYPED) {
      return Optional.empty();
    }
    String letters = SEPARATORS.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
    return LETTERS.matcher(letters).matches()
        ? Optional.of(new UserCode(letters))
        : Optional.empty();
  }

  /** Returns the code as displayed: in two halves. */
  public String text() {
    return letters.substring(0, LENGTH / 2) + "-" + letters.substring(LENGTH / 2);
  }

  /** Returns the hash that is stored. */
  String hash() {
    return new OpaqueToken(letters).hash();
  }

  @Override
  public String toString() {
    return "UserCode[]";
  }
}

package dev.signet.token;

import dev.signet.keys.OpaqueToken;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person types to let a device in (RFC 8628, section 6.1): eight of twenty letters, without
 * vowels, so that no words come of it. Of 25 billion, whoever guesses gets a hundred tries.
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

  /** Reads what somebody typed, in any case and with any separators; empty if it is no code. */
  public static Optional<UserCode> parse(String typed) {
    if (typed.length() > MOST_TYPED) {
      return Optional.empty();
    }
    String letters = SEPARATORS.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
    return LETTERS.matcher(letters).matches()
        ? Optional.of(new UserCode(letters))
        : Optional.empty();
  }

  /** As it is shown: in two halves. */
  public String text() {
    return letters.substring(0, LENGTH / 2) + "-" + letters.substring(LENGTH / 2);
  }

  /** What is stored of it. */
  String hash() {
    return new OpaqueToken(letters).hash();
  }

  @Override
  public String toString() {
    return "UserCode[]";
  }
}

package dev.signet.domain.user;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.Digest;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A username: 3 to 64 letters, digits, {@code .}, {@code _} or {@code -} of any script after
 * normalisation. Surrounding spaces, which phones and clipboards add, are removed.
 *
 * @param shown as its owner typed it, in NFC
 * @param key what makes it unique
 */
public record Username(String shown, String key) {
  private static final int LEAST = 3;
  private static final int MOST = 64;

  /**
   * Invisible letters and marks (of Unicode's Default_Ignorable_Code_Point): names that differ only
   * in them would look the same.
   */
  private static final Set<Integer> INVISIBLE =
      Stream.of(
              IntStream.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),
              IntStream.rangeClosed(0x180B, 0x180F),
              IntStream.rangeClosed(0xFE00, 0xFE0F),
              IntStream.rangeClosed(0xE0100, 0xE01EF))
          .flatMap(IntStream::boxed)
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Reads a username.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT}, field {@code username}
   */
  public static Username parse(String typed) {
    String shown = stripped(Folding.nfc(typed));
    String normal = Folding.nfkc(shown);
    int length = normal.codePointCount(0, normal.length());
    if (length < LEAST || length > MOST || shown.length() > 4 * MOST) {
      throw refuse("must have " + LEAST + " to " + MOST + " characters");
    }
    if (!normal.codePoints().allMatch(Username::isAllowed) || isMark(normal.codePointAt(0))) {
      throw refuse("may only contain letters, digits, dots, underscores and hyphens");
    }
    return new Username(shown, key(shown));
  }

  /** Returns a username with the same display form and an unused key. */
  Username unused() {
    return new Username(shown, UUID.randomUUID().toString());
  }

  /** Returns the key for a lookup, which finds no user for an invalid name. */
  public static String key(String typed) {
    // PostgreSQL rejects NUL. The replacement character is not permitted in names either.
    return Folding.key(stripped(typed)).replace('\0', '\uFFFD');
  }

  private static String stripped(String typed) {
    int start = 0;
    int end = typed.length();
    while (start < end && Character.isSpaceChar(typed.charAt(start))) {
      start++;
    }
    while (start < end && Character.isSpaceChar(typed.charAt(end - 1))) {
      end--;
    }
    return typed.substring(start, end);
  }

  /** Returns the SHA-256 hash of the key, for counting attempts at names that may not exist. */
  public static String digest(String typed) {
    return Digest.of(key(typed));
  }

  private static boolean isAllowed(int c) {
    boolean visible = Character.isLetterOrDigit(c) || isMark(c) || c == '.' || c == '_' || c == '-';
    return visible && !INVISIBLE.contains(c);
  }

  /** Whether it is an accent or a vowel sign, which many scripts require. */
  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static Refusal refuse(String message) {
    return Refusal.of(Problem.INVALID_INPUT, "username", message);
  }
}

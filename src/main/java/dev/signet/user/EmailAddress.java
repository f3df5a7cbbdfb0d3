package dev.signet.user;

import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import java.util.regex.Pattern;

/**
 * An email address. Only its rough form is checked; that it is somebody's is shown by mail.
 *
 * @param shown as its owner typed it, in NFC
 * @param key what makes it unique
 */
public record EmailAddress(String shown, String key) {
  private static final int MOST = 254;
  private static final Pattern FORM =
      Pattern.compile("[^@\\p{C}\\p{Z}]{1,64}@[^@\\p{C}\\p{Z}]+\\.[^@\\p{C}\\p{Z}.]{2,}");

  /**
   * Reads an address.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT}, field {@code email}
   */
  public static EmailAddress parse(String typed) {
    String shown = Folding.nfc(typed);
    String key = Folding.key(typed);
    if (shown.length() > MOST || key.length() > MOST || !FORM.matcher(key).matches()) {
      throw Refusal.of(Problem.INVALID_INPUT, "email", "must be an email address");
    }
    return new EmailAddress(shown, key);
  }
}

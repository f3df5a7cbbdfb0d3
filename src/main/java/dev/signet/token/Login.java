package dev.signet.token;

import dev.signet.user.User;
import java.util.Optional;

/**
 * Somebody has just shown a password.
 *
 * @param user as the password was checked
 * @param source the address that it came from
 * @param userAgent what the client calls itself
 * @param label what its owner calls the device
 * @param cookie whether the tokens go into cookies, which need a defence against request forgery
 */
public record Login(
    User user, String source, String userAgent, Optional<String> label, boolean cookie) {
  private static final int LONGEST_SOURCE = 64;
  private static final int LONGEST_USER_AGENT = 256;

  public Login {
    source = cleaned(source, LONGEST_SOURCE);
    userAgent = cleaned(userAgent, LONGEST_USER_AGENT);
  }

  /** A header can hold characters that a database refuses. */
  private static String cleaned(String text, int longest) {
    if (text == null) {
      return "";
    }
    String cut = text.substring(0, Math.min(longest, text.length()));
    return cut.replaceAll("[\\p{Cc}\\p{Cs}]", "");
  }
}

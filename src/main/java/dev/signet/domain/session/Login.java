package dev.signet.domain.session;

import dev.signet.domain.user.User;
import java.util.Optional;

/**
 * A login with a password that was just verified.
 *
 * @param user the account as it was when the password was checked
 * @param source the source address of the request
 * @param userAgent the user agent of the client
 * @param label the user's name for the device
 * @param cookie whether the tokens are delivered in cookies, which require CSRF protection
 */
public record Login(
    User user, String source, String userAgent, Optional<String> label, boolean cookie) {
  private static final int LONGEST_SOURCE = 64;
  private static final int LONGEST_USER_AGENT = 256;

  public Login {
    source = cleaned(source, LONGEST_SOURCE);
    userAgent = cleaned(userAgent, LONGEST_USER_AGENT);
  }

  /** Removes characters of a header that a database rejects. */
  private static String cleaned(String text, int longest) {
    if (text == null) {
      return "";
    }
    String cut = text.substring(0, Math.min(longest, text.length()));
    return cut.replaceAll("[\\p{Cc}\\p{Cs}]", "");
  }
}

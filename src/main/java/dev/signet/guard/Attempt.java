package dev.signet.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * Somebody has shown a password.
 *
 * @param name of the account, in the form that makes it unique; there may be no such account
 * @param user the identifier of the account, if there is one
 * @param right whether the password opens the account
 */
public record Attempt(String name, Optional<String> user, boolean right) {
  /** What stands for the account where attempts are counted, existing or not. */
  String account() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A name that nobody has may be a password in the wrong field. */
  @Override
  public String toString() {
    return "Attempt[" + user.orElse("nobody") + ", " + right + "]";
  }
}

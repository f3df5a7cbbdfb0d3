package dev.signet.domain.guard;

import dev.signet.base.secret.Digest;
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
    return Digest.of(name);
  }

  /** A name that nobody has may be a password in the wrong field. */
  @Override
  public String toString() {
    return "Attempt[" + user.orElse("nobody") + ", " + right + "]";
  }
}

package dev.signet.domain.guard;

import dev.signet.base.secret.Digest;
import java.util.Optional;

/**
 * An attempt to log in with a password.
 *
 * @param name the name of the account in its unique form; the account may not exist
 * @param user the identifier of the account, if it exists
 * @param right whether the password is correct
 */
public record Attempt(String name, Optional<String> user, boolean right) {
  /** Returns the key of the account for counting attempts, whether it exists or not. */
  String account() {
    return Digest.of(name);
  }

  /** Omits the name: an unknown name may be a password in the wrong field. */
  @Override
  public String toString() {
    return "Attempt[" + user.orElse("nobody") + ", " + right + "]";
  }
}

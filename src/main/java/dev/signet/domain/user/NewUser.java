package dev.signet.domain.user;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An account to be stored.
 *
 * @param passwordExpiresAt set for a password that its owner has to replace
 */
public record NewUser(
    Username username,
    Optional<EmailAddress> email,
    String passwordHash,
    Set<String> groups,
    Optional<Instant> passwordExpiresAt) {

  @Override
  public String toString() {
    return "NewUser[" + username.key() + "]";
  }
}

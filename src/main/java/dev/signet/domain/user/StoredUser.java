package dev.signet.domain.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * An account in a file.
 *
 * @param id the claim {@code sub}; another one is made if it is absent
 * @param password in clear; or, instead of it, the next
 * @param passwordHash Argon2id, as a PHC string
 * @param passwordExpiresAt set for a password that its owner has to replace: RFC 3339
 * @param groups the group {@code user} alone, if they are absent
 * @param enabled whether the user may log in; by default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredUser(
    String id,
    String username,
    String email,
    String password,
    String passwordHash,
    String passwordExpiresAt,
    List<String> groups,
    Boolean enabled) {

  /** The same with this hash of its password. */
  public StoredUser withPasswordHash(String hash) {
    return new StoredUser(id, username, email, password, hash, passwordExpiresAt, groups, enabled);
  }

  @Override
  public String toString() {
    return "StoredUser[]";
  }
}

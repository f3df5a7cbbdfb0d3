package dev.signet.domain.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * An account in an import or export file.
 *
 * @param id the claim {@code sub}; generated if absent
 * @param password in clear text; alternatively, use {@code passwordHash}
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

  /** Returns a copy with this password hash. */
  public StoredUser withPasswordHash(String hash) {
    return new StoredUser(id, username, email, password, hash, passwordExpiresAt, groups, enabled);
  }

  @Override
  public String toString() {
    return "StoredUser[]";
  }
}

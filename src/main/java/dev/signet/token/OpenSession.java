package dev.signet.token;

import dev.signet.keys.OpaqueToken;
import dev.signet.user.User;
import java.time.Instant;
import java.util.Optional;

/**
 * A session that was just found alive, with what its next tokens need.
 *
 * @param id the claim {@code sid}
 * @param refreshToken the new one, if there is one
 * @param usedAt when; access tokens are issued as of then
 * @param authenticatedAt when a password was last shown
 * @param endsAt when it ends unless it is used again
 * @param granted to a client; empty at Signet's own API
 */
public record OpenSession(
    User user,
    String id,
    Optional<OpaqueToken> refreshToken,
    Optional<String> csrf,
    Instant usedAt,
    Instant authenticatedAt,
    Instant endsAt,
    Optional<Granted> granted) {

  static OpenSession of(User user, RefreshFamily family, Optional<OpaqueToken> refreshToken) {
    return new OpenSession(
        user,
        family.id(),
        refreshToken,
        family.csrf(),
        family.lastUsedAt().toInstant(),
        family.authenticatedAt().toInstant(),
        family.idleExpiresAt().toInstant(),
        family.granted());
  }

  @Override
  public String toString() {
    return "OpenSession[" + id + "]";
  }
}

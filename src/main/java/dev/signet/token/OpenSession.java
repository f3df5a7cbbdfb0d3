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
 * @param csrf what the browser repeats when its tokens come by cookie; only its hash is stored
 * @param usedAt when; access tokens are issued as of then
 * @param authenticatedAt when a password was last shown
 * @param endsAt when it ends unless it is used again
 * @param granted to a client, as far as the next tokens are for it; empty at Signet's own API
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
        Optional.empty(),
        family.lastUsedAt().toInstant(),
        family.authenticatedAt().toInstant(),
        family.idleExpiresAt().toInstant(),
        family.granted());
  }

  /** Returns a copy whose next tokens are for this much of the grant. */
  OpenSession limitedTo(Granted less) {
    return new OpenSession(
        user, id, refreshToken, csrf, usedAt, authenticatedAt, endsAt, Optional.of(less));
  }

  /** Returns a copy with what the browser repeats. */
  OpenSession withCsrf(Optional<String> value) {
    return new OpenSession(user, id, refreshToken, value, usedAt, authenticatedAt, endsAt, granted);
  }

  @Override
  public String toString() {
    return "OpenSession[" + id + "]";
  }
}

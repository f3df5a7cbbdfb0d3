package dev.signet.domain.session;

import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.user.User;
import java.time.Instant;
import java.util.Optional;

/**
 * An active session, with the data for its next tokens.
 *
 * @param id the claim {@code sid}
 * @param refreshToken the new refresh token, if there is one
 * @param csrf the CSRF value for a session in cookies; only its hash is stored
 * @param usedAt the time of this use, the {@code iat} of access tokens
 * @param authenticatedAt when the user last logged in with the password
 * @param endsAt when the session ends unless it is used again
 * @param granted the part of the client's grant that the next tokens get; empty at Signet's own API
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

  public static OpenSession of(
      User user, RefreshFamily family, Optional<OpaqueToken> refreshToken) {
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

  /** Returns a copy whose next tokens are limited to the given grant. */
  public OpenSession limitedTo(Granted less) {
    return new OpenSession(
        user, id, refreshToken, csrf, usedAt, authenticatedAt, endsAt, Optional.of(less));
  }

  /** Returns a copy with the given CSRF value. */
  OpenSession withCsrf(Optional<String> value) {
    return new OpenSession(user, id, refreshToken, value, usedAt, authenticatedAt, endsAt, granted);
  }

  @Override
  public String toString() {
    return "OpenSession[" + id + "]";
  }
}

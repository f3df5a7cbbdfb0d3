package dev.signet.domain.session;

import java.time.Instant;
import java.util.Optional;

/**
 * A session, as shown to its owner.
 *
 * @param lastUsedAt when tokens were last issued
 * @param expiresAt when it ends unless it is used
 * @param label the user's name for the device
 */
public record Session(
    String id,
    Instant createdAt,
    Instant lastUsedAt,
    Instant expiresAt,
    String source,
    String userAgent,
    Optional<String> label) {

  static Session of(RefreshFamily family) {
    return new Session(
        family.id(),
        family.createdAt().toInstant(),
        family.lastUsedAt().toInstant(),
        family.idleExpiresAt().toInstant(),
        family.source(),
        family.userAgent(),
        family.label());
  }
}

package dev.signet.token;

import java.time.Instant;
import java.util.Optional;

/**
 * A session, as its owner sees it.
 *
 * @param lastUsedAt when it last got tokens
 * @param expiresAt when it ends unless it is used
 * @param label what its owner calls the device
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

package dev.signet.endpoint.account;

import dev.signet.domain.session.Session;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A session, as the API shows one.
 *
 * @param lastUsedAt when it last got tokens
 * @param expiresAt when it ends unless it is used
 * @param source the address of the login
 * @param label what its owner called the device at the login, or null
 * @param current whether the request itself belongs to it
 */
@Schema(name = "Session")
record SessionView(
    String id,
    Instant createdAt,
    Instant lastUsedAt,
    Instant expiresAt,
    String source,
    String userAgent,
    @Schema(nullable = true) String label,
    boolean current) {

  static SessionView of(Session session, boolean current) {
    return new SessionView(
        session.id(),
        session.createdAt(),
        session.lastUsedAt(),
        session.expiresAt(),
        session.source(),
        session.userAgent(),
        session.label().orElse(null),
        current);
  }
}

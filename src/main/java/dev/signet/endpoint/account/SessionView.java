package dev.signet.endpoint.account;

import dev.signet.domain.session.Session;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A session, as the API shows one.
 *
 * @param lastUsedAt when tokens were last issued
 * @param expiresAt when it ends unless it is used
 * @param source the source address of the login
 * @param label the user's name for the device, or null
 * @param current whether it is the session of the request
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

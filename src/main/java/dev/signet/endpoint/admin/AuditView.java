package dev.signet.endpoint.admin;

import dev.signet.domain.audit.AuditRecord;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A security event, as the API shows one; null for what is absent. */
@Schema(name = "SecurityEvent")
record AuditView(
    String id,
    Instant time,
    @Schema(description = "The event type, such as login_failed") String type,
    @Schema(enumeration = {"success", "failure"}) String outcome,
    @Schema(description = "The reason of a failure, such as wrong_password", nullable = true)
        String reason,
    @Schema(description = "The user who sent the request", nullable = true) String actor,
    @Schema(
            description = "The user concerned, or a pseudonym for an unknown username",
            nullable = true)
        String subject,
    @Schema(description = "The OAuth client", nullable = true) String client,
    @Schema(description = "The source address of the request", nullable = true) String source,
    @Schema(description = "The X-Request-Id of the response") String correlationId,
    @Schema(nullable = true) String detail) {

  static AuditView of(AuditRecord record) {
    return new AuditView(
        record.id(),
        record.time(),
        record.type(),
        record.outcome(),
        record.reason().orElse(null),
        record.actor().orElse(null),
        record.subject().orElse(null),
        record.client().orElse(null),
        record.source().orElse(null),
        record.correlation(),
        record.detail().orElse(null));
  }
}

package dev.signet.endpoint.account;

import dev.signet.base.oauth.Scope;
import dev.signet.domain.consent.Consent;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A consent, as the API shows one.
 *
 * @param clientName for people, or null
 * @param scope what the client may do
 */
@Schema(name = "Consent")
record ConsentView(
    String clientId,
    @Schema(nullable = true) String clientName,
    @Schema(implementation = String.class) Scope scope,
    Instant createdAt,
    Instant updatedAt) {

  static ConsentView of(Consent consent) {
    return new ConsentView(
        consent.clientId(),
        consent.clientName().orElse(null),
        consent.scope(),
        consent.createdAt(),
        consent.updatedAt());
  }
}

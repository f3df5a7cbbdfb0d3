package dev.signet.endpoint.admin;

import dev.signet.domain.keys.RingKey;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A key, as the API shows one, without secret parts. Absent times are null, and so are all times of
 * configured keys.
 */
@Schema(name = "Key")
record KeyView(
    @Schema(description = "The kid in the header of tokens that this key signs") String id,
    @Schema(description = "RS256 or ES256") String algorithm,
    @Schema(
            description = "All keys verify signatures; one key signs",
            enumeration = {"published", "signing", "retired"})
        String state,
    @Schema(nullable = true) Instant publishedAt,
    @Schema(nullable = true) Instant signsFrom,
    @Schema(nullable = true) Instant retiredAt,
    @Schema(nullable = true) Instant verifiesUntil) {

  static KeyView of(RingKey key) {
    return new KeyView(
        key.id(),
        key.algorithm(),
        key.state().text(),
        key.publishedAt().orElse(null),
        key.signsFrom().orElse(null),
        key.retiredAt().orElse(null),
        key.verifiesUntil().orElse(null));
  }
}

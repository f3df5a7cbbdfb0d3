package dev.signet.domain.consent;

import dev.signet.base.oauth.Scope;
import java.time.Instant;
import java.util.Optional;

/**
 * The consent of a user to a client.
 *
 * @param updatedAt when its scope was last extended
 */
public record Consent(
    String clientId,
    Optional<String> clientName,
    Scope scope,
    Instant createdAt,
    Instant updatedAt) {}

package dev.signet.client;

import dev.signet.oauth.Scope;
import java.time.Instant;
import java.util.Optional;

/**
 * What a user has agreed that a client may do.
 *
 * @param updatedAt when something was last added
 */
public record Consent(
    String clientId,
    Optional<String> clientName,
    Scope scope,
    Instant createdAt,
    Instant updatedAt) {}

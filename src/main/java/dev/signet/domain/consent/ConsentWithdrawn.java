package dev.signet.domain.consent;

/**
 * An event: a user has withdrawn a consent. Observed within the transaction, to end the sessions of
 * the client.
 */
public record ConsentWithdrawn(String userId, String clientId) {}

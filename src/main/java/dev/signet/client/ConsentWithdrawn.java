package dev.signet.client;

/**
 * A user does not agree any more to what a client does. Observed within the transaction by what
 * must end with it.
 */
public record ConsentWithdrawn(String userId, String clientId) {}

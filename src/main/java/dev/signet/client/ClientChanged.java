package dev.signet.client;

/** A client was changed or deleted. Observed after the commit by who remembers clients. */
public record ClientChanged(String clientId) {}

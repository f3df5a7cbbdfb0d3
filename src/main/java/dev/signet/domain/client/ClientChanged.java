package dev.signet.domain.client;

/** An event: a client was changed or deleted. Caches of clients observe it after the commit. */
public record ClientChanged(String clientId) {}

package dev.signet.domain.revocation;

import java.util.List;

/** An event: revocations were committed. */
public record Revoked(List<Revocation> revocations) {}

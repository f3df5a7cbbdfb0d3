package dev.signet.token;

import java.util.List;

/** An event: revocations were committed. */
record Revoked(List<Revocation> revocations) {}

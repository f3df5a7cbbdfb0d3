package dev.signet.token;

import java.util.List;

/** Something was revoked; observed once that is committed. */
record Revoked(List<Revocation> revocations) {}

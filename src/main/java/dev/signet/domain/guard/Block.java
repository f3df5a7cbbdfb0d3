package dev.signet.domain.guard;

import java.time.Instant;
import java.util.Optional;

/**
 * A source, or a whole network, that may not try credentials for a while.
 *
 * @param id opaque; another one for each block
 * @param source as {@link dev.signet.base.origin.Source} writes it
 * @param by the identifier of the administrator; empty for an automatic block
 * @param reason in an administrator's words
 */
public record Block(
    String id,
    String source,
    Instant since,
    Instant until,
    Optional<String> by,
    Optional<String> reason) {}

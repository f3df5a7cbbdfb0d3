package dev.signet.domain.guard;

import java.time.Instant;
import java.util.Optional;

/**
 * A block: a source or a network that may not try credentials for a while.
 *
 * @param id opaque; unique for each block
 * @param source as {@link dev.signet.base.origin.Source} writes it
 * @param by the identifier of the administrator; empty for an automatic block
 * @param reason given by the administrator
 */
public record Block(
    String id,
    String source,
    Instant since,
    Instant until,
    Optional<String> by,
    Optional<String> reason) {}

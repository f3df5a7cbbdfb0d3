package dev.signet.endpoint.admin;

import dev.signet.domain.guard.Block;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A block, as the API shows one.
 *
 * @param source an address, or a network in CIDR notation
 * @param automatic whether failures caused it
 * @param by the identifier of the administrator who created it, or null
 * @param reason given by the administrator, or null
 */
@Schema(name = "Block")
record BlockView(
    String id,
    String source,
    Instant since,
    Instant until,
    boolean automatic,
    @Schema(nullable = true) String by,
    @Schema(nullable = true) String reason) {

  static BlockView of(Block block) {
    return new BlockView(
        block.id(),
        block.source(),
        block.since(),
        block.until(),
        block.by().isEmpty(),
        block.by().orElse(null),
        block.reason().orElse(null));
  }
}

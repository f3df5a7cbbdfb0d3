package dev.signet.endpoint.admin;

import dev.signet.base.paging.Page;
import dev.signet.domain.guard.Block;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of blocks.
 *
 * @param next the value of {@code after} for the next page, or null
 */
record BlockList(List<BlockView> items, @Schema(nullable = true) String next) {
  static BlockList of(Page<Block> page) {
    return new BlockList(
        page.items().stream().map(BlockView::of).toList(), page.next().orElse(null));
  }
}

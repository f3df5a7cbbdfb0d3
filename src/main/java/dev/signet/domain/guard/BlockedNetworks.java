package dev.signet.domain.guard;

import dev.signet.base.settings.value.Network;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Blocked networks in memory. A look-up costs one step for each length of prefix, however many
 * networks there are.
 */
final class BlockedNetworks {
  static final BlockedNetworks NONE = new BlockedNetworks(Map.of());

  private final Map<Network, Instant> ends;
  private final int[] prefixes;

  private BlockedNetworks(Map<Network, Instant> ends) {
    this.ends = ends;
    prefixes = ends.keySet().stream().mapToInt(Network::prefix).distinct().toArray();
  }

  static BlockedNetworks of(List<Block> blocks) {
    Map<Network, Instant> ends = new HashMap<>();
    blocks.forEach(block -> ends.put(Network.parse(block.source()), block.until()));
    return new BlockedNetworks(ends);
  }

  /** Until when a network that this one is in is blocked: the last end, if there are several. */
  Optional<Instant> until(Network network) {
    return IntStream.of(prefixes)
        .filter(prefix -> prefix <= network.prefix())
        .mapToObj(prefix -> Optional.ofNullable(ends.get(Network.of(network.address(), prefix))))
        .flatMap(Optional::stream)
        .max(Instant::compareTo);
  }
}

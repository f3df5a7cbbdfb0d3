package dev.signet.domain.guard;

import dev.signet.base.settings.value.Network;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The blocked networks in memory. A lookup takes one step for each prefix length, regardless of the
 * number of networks.
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

  /**
   * Returns the time until which a network that contains this one is blocked: the latest, if there
   * are several.
   */
  Optional<Instant> until(Network network) {
    return IntStream.of(prefixes)
        .filter(prefix -> prefix <= network.prefix())
        .mapToObj(prefix -> Optional.ofNullable(ends.get(Network.of(network.address(), prefix))))
        .flatMap(Optional::stream)
        .max(Instant::compareTo);
  }
}

package dev.signet.base.origin;

import dev.signet.base.settings.value.Network;
import java.util.List;
import java.util.Optional;

/**
 * Where a request comes from, as far as guessing is counted: an IPv4 address or an IPv6 network by
 * default. An address that cannot be read is a source by itself.
 *
 * @param key the address, or the network in CIDR notation, or a digest of what is neither; at most
 *     64 characters
 */
public record Source(String key) {
  /** Begins the key of what is no address. */
  static final String UNREADABLE = "unreadable/";

  private static final int MOST = 64;

  public Source {
    if (key.length() > MOST) {
      throw new IllegalArgumentException("a source has at most " + MOST + " characters");
    }
  }

  /** Whether one of its addresses is in one of the networks. */
  public boolean isIn(List<Network> networks) {
    return !networks.isEmpty()
        && network().filter(own -> networks.stream().anyMatch(own::overlaps)).isPresent();
  }

  /** The addresses that it has; none are known of one that could not be read. */
  public Optional<Network> network() {
    return key.startsWith(UNREADABLE) ? Optional.empty() : Optional.of(Network.parse(key));
  }

  @Override
  public String toString() {
    return key;
  }
}

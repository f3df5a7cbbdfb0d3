package dev.signet.origin;

import dev.signet.settings.Network;
import java.util.List;

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
    if (networks.isEmpty() || key.startsWith(UNREADABLE)) {
      return false;
    }
    Network own = Network.parse(key);
    return networks.stream().anyMatch(own::overlaps);
  }

  @Override
  public String toString() {
    return key;
  }
}

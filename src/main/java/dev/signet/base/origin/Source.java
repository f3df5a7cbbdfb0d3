package dev.signet.base.origin;

import dev.signet.base.settings.value.Network;
import java.util.List;
import java.util.Optional;

/**
 * The source of a request, for which attempts are counted: an IPv4 address or an IPv6 network by
 * default. A malformed address is a source of its own.
 *
 * @param key the address, the network in CIDR notation, or a digest of a malformed address; at most
 *     64 characters
 */
public record Source(String key) {
  /** The prefix of the key of a malformed address. */
  static final String UNREADABLE = "unreadable/";

  private static final int MOST = 64;

  public Source {
    if (key.length() > MOST) {
      throw new IllegalArgumentException("a source has at most " + MOST + " characters");
    }
  }

  /** Whether an address of the source is in one of the networks. */
  public boolean isIn(List<Network> networks) {
    return !networks.isEmpty()
        && network().filter(own -> networks.stream().anyMatch(own::overlaps)).isPresent();
  }

  /** Returns the addresses of the source; empty for a malformed address. */
  public Optional<Network> network() {
    return key.startsWith(UNREADABLE) ? Optional.empty() : Optional.of(Network.parse(key));
  }

  @Override
  public String toString() {
    return key;
  }
}

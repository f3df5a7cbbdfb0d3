package dev.signet.origin;

/**
 * Where a request comes from, as far as guessing is counted: an IPv4 address or an IPv6 network by
 * default. An address that cannot be read is a source by itself.
 *
 * @param key the address, or the network in CIDR notation, or a digest of what is neither; at most
 *     64 characters
 */
public record Source(String key) {
  private static final int MOST = 64;

  public Source {
    if (key.length() > MOST) {
      throw new IllegalArgumentException("a source has at most " + MOST + " characters");
    }
  }

  @Override
  public String toString() {
    return key;
  }
}

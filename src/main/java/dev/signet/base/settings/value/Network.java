package dev.signet.base.settings.value;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network of IP addresses in CIDR notation (RFC 4632, RFC 4291), or one address. An IPv4 address
 * that is mapped to IPv6 counts as IPv4.
 *
 * @param address its first address; the bits after the prefix are zero
 * @param prefix length in bits
 */
public record Network(InetAddress address, int prefix) {
  /** Host names would be looked up, so only texts that can only be addresses are parsed. */
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  /** Returns the network with this prefix length that contains an address. */
  public static Network of(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    for (int bit = prefix; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    try {
      return new Network(InetAddress.getByAddress(bytes), prefix);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Parses an address, such as {@code 192.0.2.1} or {@code 2001:db8::1}; never a host name. */
  public static Optional<InetAddress> address(String text) {
    if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /**
   * Parses a network or one address.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address =
        address(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(IllegalArgumentException::new);
    int bits = address.getAddress().length * 8;
    int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException();
    }
    return of(address, prefix);
  }

  /** Whether the network contains an address. */
  public boolean contains(InetAddress other) {
    return other.getAddress().length == address.getAddress().length
        && of(other, prefix).address.equals(address);
  }

  /** Whether two networks have an address in common. */
  public boolean overlaps(Network other) {
    return prefix <= other.prefix ? contains(other.address) : other.contains(address);
  }

  @Override
  public String toString() {
    String text = address.getHostAddress();
    return prefix == address.getAddress().length * 8 ? text : text + "/" + prefix;
  }
}

package dev.signet.domain.outbound;

import dev.signet.base.settings.OutboundSettings;
import dev.signet.base.settings.value.Network;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where requests may go: to public addresses by https, and to what the operator has listed. Judged
 * by the addresses that a name has, never by the name, so that it does not matter how somebody
 * writes or hides one.
 */
final class Destinations {
  /** What the IANA registries of special-purpose addresses (RFC 6890) do not call global. */
  private static final List<Network> INTERNAL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20")
          .map(Network::parse)
          .toList();

  /** All that is assigned so far; the rest is loopback, link-local, private or a translation. */
  private static final Network GLOBAL_UNICAST_6 = Network.parse("2000::/3");

  /** Finds the addresses of a name. */
  interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final OutboundSettings settings;
  private final Names names;

  Destinations(OutboundSettings settings, Names names) {
    this.settings = settings;
    this.names = names;
  }

  /**
   * Returns the addresses to connect to; the name must not be looked up again, as it may have
   * others then.
   *
   * @throws RefusedDestination if one of them is not for Signet to go to
   * @throws UnknownHostException if there is none
   */
  List<InetAddress> admit(URI uri) throws IOException {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    boolean isHttps = scheme.equals("https");
    if (uri.getHost() == null || !(isHttps || scheme.equals("http"))) {
      throw new RefusedDestination("not an http or https URL");
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    List<InetAddress> addresses = Arrays.asList(names.resolve(host));
    for (InetAddress address : addresses) {
      boolean isListed = settings.hosts().contains(host) || isListed(address);
      if (!isListed && !(isHttps && isPublic(address))) {
        throw new RefusedDestination(
            "the address is not public or not https; to allow it, list it in"
                + " signet.outbound.allow");
      }
    }
    return addresses;
  }

  private boolean isListed(InetAddress address) {
    return settings.networks().stream().anyMatch(network -> network.contains(address));
  }

  private static boolean isPublic(InetAddress address) {
    return (address instanceof Inet4Address || GLOBAL_UNICAST_6.contains(address))
        && INTERNAL.stream().noneMatch(network -> network.contains(address));
  }
}

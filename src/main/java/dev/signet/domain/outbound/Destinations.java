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
 * The permitted destinations of requests: public addresses by https, and those that the operator
 * lists. The addresses of a host decide, not its name, so that the notation of an address does not
 * matter.
 */
final class Destinations {
  /**
   * The addresses that are not global in the IANA registries of special-purpose addresses (RFC
   * 6890).
   */
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

  /**
   * All global addresses assigned so far; other addresses are loopback, link-local, private or
   * translations.
   */
  private static final Network GLOBAL_UNICAST_6 = Network.parse("2000::/3");

  /** Resolves host names. */
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
   * Returns the addresses to connect to. The name must not be resolved again, as the result could
   * change.
   *
   * @throws RefusedDestination if one of the addresses is not permitted
   * @throws UnknownHostException if there is no address
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

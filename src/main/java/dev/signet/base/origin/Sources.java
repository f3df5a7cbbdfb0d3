package dev.signet.base.origin;

import dev.signet.base.secret.Digest;
import dev.signet.base.settings.SourceSettings;
import dev.signet.base.settings.value.Network;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Determines the source of a request. A header is used only if a trusted proxy sent it, and only as
 * far as trusted proxies wrote it: from its right end to the first address that is not a trusted
 * proxy.
 */
@Shared
public class Sources {
  /** The {@code for} parameter of an element (RFC 7239, section 4). */
  private static final Pattern FOR =
      Pattern.compile("(?:^|;)\\s*for\\s*=\\s*(\"[^\"]*\"|[^;\\s]*)", Pattern.CASE_INSENSITIVE);

  private static final Pattern BRACKETED = Pattern.compile("\\[([^]]*)](?::\\d{1,5})?");
  private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):\\d{1,5}");

  /** The maximum length of a chain of proxies; a longer one is an attack on this loop. */
  private static final int MOST_HOPS = 32;

  private final SourceSettings settings;

  @Inject
  Sources(SourceSettings settings) {
    this.settings = settings;
  }

  /** Returns the name of the header for {@link #of}. */
  public String header() {
    return settings.header().header();
  }

  /**
   * Returns the source of a request.
   *
   * @param peer the address of the connection's other end
   * @param headers all values of {@link #header}, in order
   */
  public Source of(String peer, List<String> headers) {
    Optional<InetAddress> address = Network.address(withoutZone(peer));
    if (address.isEmpty()) {
      return unreadable(peer);
    }
    if (!isTrusted(address.get())) {
      return source(address.get());
    }
    InetAddress nearest = address.get();
    List<String> hops = hops(headers);
    for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MOST_HOPS); i--) {
      Optional<InetAddress> hop = hop(hops.get(i));
      if (hop.isEmpty()) {
        return unreadable(hops.get(i));
      }
      nearest = hop.get();
      if (!isTrusted(nearest)) {
        break;
      }
    }
    return source(nearest);
  }

  /** Whether the connection's other end is a trusted proxy. */
  public boolean isTrusted(String peer) {
    return Network.address(withoutZone(peer)).filter(this::isTrusted).isPresent();
  }

  private boolean isTrusted(InetAddress address) {
    return settings.trusted().stream().anyMatch(network -> network.contains(address));
  }

  /** Returns a network extended to complete sources. */
  public Network whole(Network network) {
    int prefix = prefix(network.address());
    return network.prefix() <= prefix ? network : Network.of(network.address(), prefix);
  }

  private Source source(InetAddress address) {
    return new Source(Network.of(address, prefix(address)).toString());
  }

  private int prefix(InetAddress address) {
    return address.getAddress().length == 4 ? settings.prefix4() : settings.prefix6();
  }

  /**
   * Returns a source with a digest as its key, because a malformed address has any length and
   * characters, and needs its own count.
   */
  private static Source unreadable(String text) {
    return new Source(Source.UNREADABLE + HexFormat.of().formatHex(Digest.sha256(text), 0, 16));
  }

  private List<String> hops(List<String> headers) {
    List<String> hops = new ArrayList<>();
    for (String header : headers) {
      for (String element : header.split(",", -1)) {
        hops.add(element.strip());
      }
    }
    return hops;
  }

  private Optional<InetAddress> hop(String element) {
    String node = element;
    if (settings.header() == SourceSettings.Header.FORWARDED) {
      Matcher parameter = FOR.matcher(element);
      if (!parameter.find()) {
        return Optional.empty();
      }
      node = parameter.group(1).replace("\"", "");
    }
    Matcher bracketed = BRACKETED.matcher(node);
    if (bracketed.matches()) {
      return Network.address(bracketed.group(1));
    }
    Matcher withPort = WITH_PORT.matcher(node);
    return Network.address(withPort.matches() ? withPort.group(1) : node);
  }

  /** Removes the interface of a link-local address, which is not part of the address. */
  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}

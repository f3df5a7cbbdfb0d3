package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import dev.signet.base.settings.value.Network;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Destinations that Signet's own requests may have besides public addresses by https.
 *
 * @param hosts host names, in lower case, with any address
 * @param networks addresses, with any host name
 */
public record OutboundSettings(Set<String> hosts, List<Network> networks) {
  /** A host name contains a letter; a text without letters, or with a colon, is an address. */
  private static final Pattern HOST =
      Pattern.compile("(?=.*[a-z])[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  public OutboundSettings {
    hosts = Set.copyOf(hosts);
    networks = List.copyOf(networks);
  }

  static OutboundSettings read(SettingsReader reader) {
    return reader
        .parse(
            "signet.outbound.allow",
            Optional.<OutboundSettings>empty(),
            "host names, IP addresses or networks separated by commas, such as 10.0.0.0/8",
            text -> Optional.of(parse(text)))
        .orElseGet(() -> new OutboundSettings(Set.of(), List.of()));
  }

  private static OutboundSettings parse(String list) {
    Set<String> hosts = new LinkedHashSet<>();
    List<Network> networks = new ArrayList<>();
    for (String item : list.split(",", -1)) {
      String text = item.strip().toLowerCase(Locale.ROOT);
      if (HOST.matcher(text).matches()) {
        hosts.add(text);
      } else {
        networks.add(Network.parse(text));
      }
    }
    return new OutboundSettings(hosts, networks);
  }
}

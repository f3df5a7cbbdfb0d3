package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import dev.signet.base.settings.value.Network;
import java.util.List;
import java.util.Locale;

/**
 * Determines the source of a request.
 *
 * @param trusted the proxies that are trusted to state the client's address
 * @param header the only header that they set; others could be forged by the client
 * @param prefix4 the prefix length of a source with IPv4
 * @param prefix6 the prefix length of a source with IPv6: a customer has a whole network
 */
public record SourceSettings(List<Network> trusted, Header header, int prefix4, int prefix6) {

  public SourceSettings {
    trusted = List.copyOf(trusted);
  }

  static SourceSettings read(SettingsReader reader) {
    return new SourceSettings(
        reader.list(
            "signet.proxies.trusted",
            "IP addresses or networks separated by commas, such as 10.0.0.0/8",
            Network::parse),
        reader.choice("signet.proxies.header", Header.X_FORWARDED_FOR, Header::setting),
        reader.number("signet.source.ipv4", 32, 8, 32),
        reader.number("signet.source.ipv6", 64, 16, 128));
  }

  /** The header in which a proxy states the client's address. */
  public enum Header {
    /** RFC 7239. */
    FORWARDED("Forwarded"),
    /** The header of most proxies. */
    X_FORWARDED_FOR("X-Forwarded-For");

    private final String header;

    Header(String header) {
      this.header = header;
    }

    /** Returns the name of the header. */
    public String header() {
      return header;
    }

    String setting() {
      return header.toLowerCase(Locale.ROOT);
    }
  }
}

package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import dev.signet.base.settings.value.Network;
import java.util.List;
import java.util.Locale;

/**
 * Who counts as one source of requests.
 *
 * @param trusted the proxies whose word on the client's address counts
 * @param header the one header that they set; another one would be the client's own
 * @param prefix4 bits of an IPv4 address that make a source
 * @param prefix6 bits of an IPv6 address that make a source: a customer has a network, not one
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

  /** How a proxy passes the client's address on. */
  public enum Header {
    /** RFC 7239. */
    FORWARDED("Forwarded"),
    /** What most proxies send. */
    X_FORWARDED_FOR("X-Forwarded-For");

    private final String header;

    Header(String header) {
      this.header = header;
    }

    /** Its name in HTTP. */
    public String header() {
      return header;
    }

    String setting() {
      return header.toLowerCase(Locale.ROOT);
    }
  }
}

package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import dev.signet.base.settings.value.Limit;
import dev.signet.base.settings.value.Network;
import dev.signet.base.settings.value.Rate;
import dev.signet.datasource.SignetDataSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rate limits.
 *
 * @param rates of the limits that are not off
 * @param allowed networks whose requests are never limited
 * @param shared whether all nodes count together, in the database, instead of each for itself
 */
public record LimitSettings(Map<Limit, Rate> rates, List<Network> allowed, boolean shared) {
  private static final String SHARED = "signet.limit.shared";

  public LimitSettings {
    rates = Map.copyOf(rates);
    allowed = List.copyOf(allowed);
  }

  static LimitSettings read(SettingsReader reader) {
    Map<Limit, Rate> rates = new EnumMap<>(Limit.class);
    Arrays.stream(Limit.values())
        .forEach(limit -> rate(reader, limit).ifPresent(rate -> rates.put(limit, rate)));
    boolean shared = reader.flag(SHARED, false);
    boolean postgresql =
        reader
            .text(SignetDataSource.URL)
            .filter(url -> url.startsWith("jdbc:postgresql:"))
            .isPresent();
    if (shared && !postgresql) {
      reader.fault(
          SHARED
              + " requires a database that nodes can share: set "
              + SignetDataSource.URL
              + " to a PostgreSQL database.");
    }
    return new LimitSettings(
        rates,
        reader.list(
            "signet.limit.allow",
            "IP addresses or networks separated by commas, such as 192.0.2.0/24",
            Network::parse),
        shared);
  }

  private static Optional<Rate> rate(SettingsReader reader, Limit limit) {
    return reader.parse(
        limit.key(),
        limit.byDefault(),
        limit.byDefault().map(Rate::toString).orElse(Limit.OFF),
        "off, or 1 to 1000000 requests in PT1S to P1D, such as 300/PT1M",
        Limit::rate);
  }
}

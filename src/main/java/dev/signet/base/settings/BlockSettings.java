package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import dev.signet.base.settings.value.Network;
import java.time.Duration;
import java.util.List;

/**
 * Blocking of sources that guess credentials.
 *
 * @param failures the number of failed attempts within the window that blocks a source
 * @param window the period in which failures count
 * @param duration of the first block; each further one is twice as long
 * @param most the length of the longest block, and the time without failures after which the next
 *     block has the initial duration again
 * @param allowed networks that are never blocked
 */
public record BlockSettings(
    int failures, Duration window, Duration duration, Duration most, List<Network> allowed) {

  public BlockSettings {
    allowed = List.copyOf(allowed);
  }

  static BlockSettings read(SettingsReader reader) {
    return new BlockSettings(
        reader.number("signet.block.failures", 100, 1, 10_000),
        reader.duration(
            "signet.block.window",
            Duration.ofMinutes(10),
            Duration.ofSeconds(1),
            Duration.ofDays(1)),
        reader.duration(
            "signet.block.duration",
            Duration.ofMinutes(15),
            Duration.ofSeconds(1),
            Duration.ofDays(7)),
        reader.duration(
            "signet.block.longest", Duration.ofDays(1), Duration.ofSeconds(1), Duration.ofDays(90)),
        reader.list(
            "signet.block.allow",
            "IP addresses or networks separated by commas, such as 192.0.2.0/24",
            Network::parse));
  }
}

package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.time.Duration;

/**
 * Single sign-on: how long a user stays logged in in a browser.
 *
 * @param lifetime the maximum lifetime
 * @param idle the maximum time without use
 */
public record SessionSettings(Duration lifetime, Duration idle) {
  private static final String IDLE = "signet.session.idle";

  static SessionSettings read(SettingsReader reader) {
    SessionSettings session =
        new SessionSettings(
            reader.duration(
                "signet.session.lifetime",
                Duration.ofHours(12),
                Duration.ofMinutes(1),
                Duration.ofDays(365)),
            reader.duration(
                IDLE, Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofDays(365)));
    if (session.idle.compareTo(session.lifetime) > 0) {
      reader.fault(IDLE + " must not be longer than signet.session.lifetime.");
    }
    return session;
  }
}

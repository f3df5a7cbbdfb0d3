package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.time.Duration;

/**
 * Single sign-on: how long a browser is logged in at the authorization endpoint.
 *
 * @param lifetime at most
 * @param idle without being used
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

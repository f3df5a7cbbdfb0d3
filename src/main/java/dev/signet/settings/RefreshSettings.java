package dev.signet.settings;

import java.time.Duration;

/**
 * How long a session lasts, and how strict the rotation of its refresh tokens is.
 *
 * @param idle how long a session lasts without being used
 * @param lifetime how long it lasts at most, however much it is used
 * @param grace how long a retired refresh token still gives a successor; zero is strict
 */
public record RefreshSettings(Duration idle, Duration lifetime, Duration grace) {
  static RefreshSettings read(SettingsReader reader) {
    return new RefreshSettings(
        reader.duration(
            "signet.refresh.idle",
            Duration.ofDays(14),
            Duration.ofMinutes(1),
            Duration.ofDays(365)),
        reader.duration(
            "signet.refresh.lifetime",
            Duration.ofDays(90),
            Duration.ofMinutes(1),
            Duration.ofDays(3650)),
        reader.duration(
            "signet.refresh.grace", Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(1)));
  }
}

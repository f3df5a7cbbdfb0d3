package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.time.Duration;

/**
 * How long a session lasts, and how strict the rotation of its refresh tokens is.
 *
 * @param idle how long a session lasts without being used
 * @param lifetime how long it lasts at most, however much it is used
 * @param grace how long a retired refresh token still gives a successor; zero is strict
 * @param rotation whether clients whose refresh tokens are no use to others get another one at each
 *     use, too, unless they register something else
 */
public record RefreshSettings(Duration idle, Duration lifetime, Duration grace, boolean rotation) {
  private static final int WRITES_PER_IDLE_TIME = 20;

  public RefreshSettings(Duration idle, Duration lifetime, Duration grace) {
    this(idle, lifetime, grace, true);
  }

  /** For how long a session whose refresh token stays the same may be used without a write. */
  public Duration unwritten() {
    return idle.dividedBy(WRITES_PER_IDLE_TIME);
  }

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
            "signet.refresh.grace", Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(1)),
        reader.flag("signet.refresh.rotation", true));
  }
}

package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.time.Duration;

/**
 * The lifetime of sessions and the rotation of refresh tokens.
 *
 * @param idle how long a session lasts without being used
 * @param lifetime the maximum lifetime of a session
 * @param grace how long a retired refresh token still gives a successor; zero is strict
 * @param rotation whether refresh tokens are also rotated for clients that are authenticated or
 *     have bound tokens, unless they register a different choice
 */
public record RefreshSettings(Duration idle, Duration lifetime, Duration grace, boolean rotation) {
  private static final int WRITES_PER_IDLE_TIME = 20;

  public RefreshSettings(Duration idle, Duration lifetime, Duration grace) {
    this(idle, lifetime, grace, true);
  }

  /** Returns how long a session without rotation may be used without a write. */
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

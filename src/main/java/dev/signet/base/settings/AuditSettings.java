package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.time.Duration;

/**
 * Storage of security events.
 *
 * @param queue the maximum number of records that wait to be stored
 * @param retention how long records are kept
 */
public record AuditSettings(int queue, Duration retention) {
  static AuditSettings read(SettingsReader reader) {
    return new AuditSettings(
        reader.number("signet.audit.queue", 10_000, 100, 1_000_000),
        reader.duration(
            "signet.audit.retention",
            Duration.ofDays(365),
            Duration.ofDays(1),
            Duration.ofDays(3650)));
  }
}

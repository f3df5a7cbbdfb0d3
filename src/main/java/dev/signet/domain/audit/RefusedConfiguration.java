package dev.signet.domain.audit;

import dev.signet.base.origin.Origin;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.wiring.Shared;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;

/**
 * Records that the start was refused, only in the log, because without settings there is no
 * database.
 */
@Shared
class RefusedConfiguration {
  private static final Logger LOG = System.getLogger(AuditLog.LOGGER);

  private final Clock clock;

  @Inject
  RefusedConfiguration(Clock clock) {
    this.clock = clock;
  }

  void refused(@Observes InvalidSettings fault) {
    LOG.log(Level.ERROR, line(fault));
  }

  String line(InvalidSettings fault) {
    SecurityEvent event =
        SecurityEvent.of(EventType.CONFIGURATION_REFUSED).detail(fault.getMessage());
    String id = new EventIds().next(clock.instant());
    return AuditLine.of(AuditRecord.of(id, event, Origin.current()));
  }
}

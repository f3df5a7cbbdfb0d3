package dev.signet.audit;

import dev.signet.origin.Origin;
import dev.signet.origin.Source;
import dev.signet.wiring.Shared;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Takes down security events. Never blocks. */
@Shared
public class AuditLog {
  private static final Logger LOG = System.getLogger("dev.signet.audit");

  /** Records an event of the work at hand ({@link Origin}). */
  public void record(SecurityEvent event) {
    Origin origin = Origin.current();
    LOG.log(
        Level.INFO,
        "event={0} source={1} correlation={2}",
        event.type().slug(),
        origin.source().map(Source::key).orElse("-"),
        origin.correlation());
  }
}

package dev.signet.endpoint.ops;

import dev.signet.base.settings.KeySettings.Store;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.domain.account.FirstAdministrator;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.client.SubjectSaltCheck;
import dev.signet.domain.database.ClockCheck;
import dev.signet.domain.database.Migrations;
import dev.signet.domain.keys.Keys;
import dev.signet.domain.revocation.Revocations;
import dev.signet.domain.transfer.Import;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Starts Signet, in order, before any request: settings, keys, schema, clock, salt, revocations,
 * import, first administrator. A failure here fails the deployment.
 */
@Singleton
@jakarta.ejb.Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Startup {
  private static final Logger LOG = System.getLogger(Startup.class.getName());

  @Inject private Settings settings;
  @Inject private Keys keys;
  @Inject private Migrations migrations;
  @Inject private ClockCheck clocks;
  @Inject private SubjectSaltCheck salt;
  @Inject private Revocations revocations;
  @Inject private Import imported;
  @Inject private FirstAdministrator firstAdministrator;
  @Inject private AuditLog audit;
  @Inject private Event<InvalidSettings> refused;

  @PostConstruct
  void start() {
    try {
      startInOrder();
    } catch (InvalidSettings e) {
      refused.fire(e);
      throw e;
    }
    audit.record(SecurityEvent.of(EventType.STARTED).detail(settings.issuer().toString()));
  }

  private void startInOrder() {
    Banner banner = new Banner(settings);
    banner.warn();
    boolean inDatabase = settings.keys().store() == Store.DATABASE;
    if (!inDatabase) {
      loadKeys();
    }
    LOG.log(Level.INFO, "Migrations applied: {0}", migrations.migrate());
    clocks.start();
    if (inDatabase) {
      loadKeys();
    }
    salt.start();
    revocations.catchUp();
    imported.run();
    banner.show(firstAdministrator.ensure());
  }

  private void loadKeys() {
    keys.load();
    settings.profile().checkSigning(keys.ring().algorithms().get(0));
  }
}

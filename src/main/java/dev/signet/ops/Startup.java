package dev.signet.ops;

import dev.signet.database.Migrations;
import dev.signet.keys.KeyRing;
import dev.signet.settings.Settings;
import dev.signet.user.FirstAdministrator;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Starts Signet, in order, before any request: settings, keys, schema, first administrator. What
 * fails here fails the deployment.
 */
@Singleton
@jakarta.ejb.Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Startup {
  private static final Logger LOG = System.getLogger(Startup.class.getName());

  @Inject private Settings settings;
  @Inject private KeyRing keys;
  @Inject private Migrations migrations;
  @Inject private FirstAdministrator firstAdministrator;

  @PostConstruct
  void start() {
    Banner banner = new Banner(settings);
    banner.warn();
    LOG.log(Level.INFO, "Tokens are signed by {0}", keys);
    LOG.log(Level.INFO, "Migrations applied: {0}", migrations.migrate());
    banner.show(firstAdministrator.ensure());
  }
}

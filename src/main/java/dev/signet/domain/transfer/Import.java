package dev.signet.domain.transfer;

import dev.signet.base.settings.ImportSettings;
import dev.signet.base.settings.Settings.ClientSettings;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.settings.reading.Placeholders;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.account.UserTransfer;
import dev.signet.domain.client.Clients;
import dev.signet.domain.database.Leases;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Imports clients and users from a file at the start, on one node at a time. Importing the same
 * file again changes nothing, and nothing is ever deleted.
 */
@Shared
public class Import {
  private static final Logger LOG = System.getLogger(Import.class.getName());

  private static final String LEASE = "import";
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final ImportSettings settings;
  private final ClientSettings clientSettings;
  private final Placeholders placeholders;
  private final Leases leases;
  private final Clients clients;
  private final UserTransfer users;

  @Inject
  Import(
      ImportSettings settings,
      ClientSettings clientSettings,
      Placeholders placeholders,
      Leases leases,
      Clients clients,
      UserTransfer users) {
    this.settings = settings;
    this.clientSettings = clientSettings;
    this.placeholders = placeholders;
    this.leases = leases;
    this.clients = clients;
    this.users = users;
  }

  /**
   * Imports the configured file, if there is one.
   *
   * @throws InvalidSettings with the position of the fault; entries before it are imported
   */
  public void run() {
    settings.file().ifPresent(this::run);
  }

  private void run(Path file) {
    while (!leases.take(LEASE)) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    try {
      ImportFile read =
          new ImportFile(
              clients,
              users,
              placeholders,
              settings.passphrase(),
              clientSettings.overlap(),
              () -> leases.take(LEASE));
      read.apply(file);
      LOG.log(
          Level.INFO,
          "Imported {0}: {1} new or changed clients, {2} new users",
          file,
          read.changedClients(),
          read.newUsers());
    } finally {
      leases.release(LEASE);
    }
  }
}

package dev.signet.endpoint.ops;

import dev.signet.base.route.Routes;
import dev.signet.base.settings.RegistrationSettings;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TokenSettings.Verifier;
import dev.signet.domain.account.FirstAdministrator;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** The output at the start for the operator: addresses, and warnings about unsafe settings. */
final class Banner {
  private static final Logger LOG = System.getLogger("dev.signet");

  private final Settings settings;

  Banner(Settings settings) {
    this.settings = settings;
  }

  void warn() {
    if (settings.keys().areGenerated()) {
      LOG.log(
          Level.WARNING,
          "NOT FOR PRODUCTION: tokens are signed with a generated key in {0}; set"
              + " signet.keys.private.file.",
          settings.dataDirectory());
    }
    if (settings.embeddedDatabase()) {
      LOG.log(
          Level.WARNING,
          "NOT FOR PRODUCTION: accounts are stored in an embedded database in {0};"
              + " set signet.database.url.",
          settings.dataDirectory());
    }
    if (!"https".equals(settings.issuer().getScheme())) {
      LOG.log(
          Level.WARNING,
          "NOT FOR PRODUCTION: {0} is not https; set signet.issuer.",
          settings.issuer());
    }
    if (settings.password().isWeak()) {
      LOG.log(
          Level.WARNING,
          "UNSAFE: signet.password.memory and signet.password.iterations produce"
              + " hashes that are cheap to attack.");
    }
    if (settings.password().minScore() == 0) {
      LOG.log(
          Level.WARNING,
          "UNSAFE: signet.password.score=0 accepts passwords that are easy to guess.");
    }
    if (settings.metrics().open()) {
      LOG.log(
          Level.WARNING,
          "UNSAFE: signet.metrics.public=true makes /metrics public; block the path"
              + " at your proxy.");
    }
    if (settings.registration().clients() == RegistrationSettings.Clients.OPEN) {
      LOG.log(
          Level.WARNING,
          "UNSAFE: signet.registration.clients=open allows anyone to register"
              + " clients, whose names are shown to users.");
    }
    if (settings.token().verifier() == Verifier.CONTAINER) {
      LOG.log(
          Level.WARNING,
          "signet.token.verifier=container: the application server verifies tokens by"
              + " its own rules; see mp.jwt.* in its documentation.");
    }
  }

  /**
   * Prints to the console, because a generated password must not be logged. It does not say that
   * Signet is ready: the server opens the application some moments later.
   */
  void show(Optional<String> password) {
    StringBuilder text = new StringBuilder(512);
    text.append(System.lineSeparator())
        .append("  Signet")
        .append(System.lineSeparator())
        .append(line("Issuer", settings.issuer().toString()))
        .append(line("API description", settings.issuer() + Routes.DOCUMENTATION.path()))
        .append(line("Public keys", settings.issuer() + Routes.JWK_SET.path()))
        .append(line("Data directory", settings.dataDirectory().toString()));
    if (!"https".equals(settings.issuer().getScheme())) {
      text.append(
              "    Safari does not store Secure cookies for http addresses: use the"
                  + " https address there.")
          .append(System.lineSeparator());
    }
    password.ifPresent(
        secret ->
            text.append(line("Administrator", FirstAdministrator.NAME))
                .append(line("One-time password", secret))
                .append("    The password is shown only once and expires in ")
                .append(FirstAdministrator.PASSWORD_LIFETIME.toHours())
                .append(" hours: change it with POST /api/me/password.")
                .append(System.lineSeparator()));
    System.out.println(text);
  }

  private static String line(String name, String value) {
    return "    %-18s %s%n".formatted(name, value);
  }
}

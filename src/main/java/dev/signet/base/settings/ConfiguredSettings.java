package dev.signet.base.settings;

import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.settings.reading.Placeholders;
import dev.signet.base.settings.reading.SettingsReader;
import dev.signet.datasource.RawValues;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads the settings of this deployment once, and provides their parts. */
@ApplicationScoped
class ConfiguredSettings {
  private static final Logger LOG = System.getLogger(ConfiguredSettings.class.getName());

  @Inject private Event<InvalidSettings> refused;

  @Produces
  @Singleton
  Settings settings() {
    Config config = ConfigProvider.getConfig();
    try {
      Settings settings =
          Settings.read(RawValues.configured(), Runtime.getRuntime().maxMemory(), System.getenv());
      warnOfUnknown(config, settings.known());
      return settings;
    } catch (InvalidSettings e) {
      refused.fire(e);
      throw e;
    }
  }

  @Produces
  @Singleton
  TokenSettings token(Settings settings) {
    return settings.token();
  }

  @Produces
  @Singleton
  KeySettings keys(Settings settings) {
    return settings.keys();
  }

  @Produces
  @Singleton
  RefreshSettings refresh(Settings settings) {
    return settings.refresh();
  }

  @Produces
  @Singleton
  SessionSettings session(Settings settings) {
    return settings.session();
  }

  @Produces
  @Singleton
  PasswordSettings password(Settings settings) {
    return settings.password();
  }

  @Produces
  @Singleton
  HashingSettings hashing(Settings settings) {
    return settings.hashing();
  }

  @Produces
  @Singleton
  Settings.HttpSettings http(Settings settings) {
    return settings.http();
  }

  @Produces
  @Singleton
  CookieSettings cookies(Settings settings) {
    return settings.cookies();
  }

  @Produces
  @Singleton
  SourceSettings sources(Settings settings) {
    return settings.sources();
  }

  @Produces
  @Singleton
  CorsSettings cors(Settings settings) {
    return settings.cors();
  }

  @Produces
  @Singleton
  Settings.FreshSettings fresh(Settings settings) {
    return settings.fresh();
  }

  @Produces
  @Singleton
  BlockSettings blocks(Settings settings) {
    return settings.blocks();
  }

  @Produces
  @Singleton
  SubjectSettings subjects(Settings settings) {
    return settings.subjects();
  }

  @Produces
  @Singleton
  Settings.DpopSettings dpop(Settings settings) {
    return settings.dpop();
  }

  @Produces
  @Singleton
  Profile profile(Settings settings) {
    return settings.profile();
  }

  @Produces
  @Singleton
  Settings.ClientSettings clients(Settings settings) {
    return settings.clients();
  }

  @Produces
  @Singleton
  DocumentSettings documents(Settings settings) {
    return settings.documents();
  }

  @Produces
  @Singleton
  OutboundSettings outbound(Settings settings) {
    return settings.outbound();
  }

  @Produces
  @Singleton
  LimitSettings limits(Settings settings) {
    return settings.limits();
  }

  @Produces
  @Singleton
  RegistrationSettings registration(Settings settings) {
    return settings.registration();
  }

  @Produces
  @Singleton
  LockSettings locks(Settings settings) {
    return settings.locks();
  }

  @Produces
  @Singleton
  AuditSettings audit(Settings settings) {
    return settings.audit();
  }

  @Produces
  @Singleton
  MetricsSettings metrics(Settings settings) {
    return settings.metrics();
  }

  @Produces
  @Singleton
  BrandSettings brand(Settings settings) {
    return settings.brand();
  }

  @Produces
  @Singleton
  ImportSettings imported(Settings settings) {
    return settings.imported();
  }

  @Produces
  @Singleton
  Placeholders placeholders() {
    return new Placeholders(RawValues.configured());
  }

  private static void warnOfUnknown(Config config, Set<String> known) {
    // An environment variable has its key in upper case, with underscores.
    Set<String> accepted = known.stream().map(SettingsReader::variable).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>();
    for (String name : config.getPropertyNames()) {
      boolean ours = name.startsWith("signet.") || name.startsWith("SIGNET_");
      if (ours && !accepted.contains(SettingsReader.variable(name))) {
        unknown.add(name);
      }
    }
    if (!unknown.isEmpty()) {
      LOG.log(Level.WARNING, "Unknown setting, ignored: {0}", String.join(", ", unknown));
    }
  }
}

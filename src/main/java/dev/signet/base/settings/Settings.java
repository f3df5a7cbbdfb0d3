package dev.signet.base.settings;

import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.settings.reading.SettingsReader;
import dev.signet.base.settings.value.AssertionAudience;
import dev.signet.datasource.SignetDataSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * All of Signet's configuration as typed values.
 *
 * @param issuer the {@code iss} of every token and the base of every link; never derived from a
 *     request
 * @param production refuses defaults that are only suitable for trying out Signet
 * @param profile the requirements of a specification
 * @param dataDirectory the absolute path of the directory for generated keys and the embedded
 *     database
 * @param embeddedDatabase whether no database URL is set
 * @param known the keys that Signet reads, for detecting misspelt ones
 */
public record Settings(
    URI issuer,
    boolean production,
    Profile profile,
    Path dataDirectory,
    boolean embeddedDatabase,
    TokenSettings token,
    RefreshSettings refresh,
    SessionSettings session,
    KeySettings keys,
    PasswordSettings password,
    HashingSettings hashing,
    HttpSettings http,
    CookieSettings cookies,
    CorsSettings cors,
    FreshSettings fresh,
    SourceSettings sources,
    BlockSettings blocks,
    ClientSettings clients,
    DocumentSettings documents,
    AuthorizationSettings authorization,
    SubjectSettings subjects,
    DpopSettings dpop,
    OutboundSettings outbound,
    LimitSettings limits,
    RegistrationSettings registration,
    LockSettings locks,
    ImportSettings imported,
    AuditSettings audit,
    MetricsSettings metrics,
    BrandSettings brand,
    AdminSettings admin,
    Set<String> known) {

  static final String ISSUER = "signet.issuer";
  static final String PRODUCTION = "signet.production";
  private static final URI LOCAL_ISSUER = URI.create("http://localhost:8080");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Reads and checks every setting.
   *
   * @param source gives the text of a key, if it is set
   * @throws InvalidSettings with a sentence for each fault
   */
  public static Settings read(Function<String, Optional<String>> source) {
    return read(source, Runtime.getRuntime().maxMemory());
  }

  /** Reads the settings of a process with the given maximum heap in bytes. */
  static Settings read(Function<String, Optional<String>> source, long heap) {
    return read(source, heap, Map.of());
  }

  /**
   * Reads and checks every setting, and detects hidden environment variables.
   *
   * @param source gives the text of a key, if it is set
   * @param heap the maximum heap in bytes
   * @param environment all environment variables; the source must contain those of Signet
   * @throws InvalidSettings with a sentence for each fault
   */
  static Settings read(
      Function<String, Optional<String>> source, long heap, Map<String, String> environment) {
    return read(new SettingsReader(source), heap, environment);
  }

  /** Reads and checks every setting. The reader then has a description of each key. */
  static Settings read(SettingsReader reader, long heap, Map<String, String> environment) {
    URI issuer = reader.url(ISSUER, LOCAL_ISSUER);
    boolean production = reader.flag(PRODUCTION, false);
    Profile profile = Profile.read(reader);
    Path dataDirectory =
        reader.path(SignetDataSource.DIRECTORY, SignetDataSource.DEFAULT_DIRECTORY);
    boolean embeddedDatabase = reader.text(SignetDataSource.URL).isEmpty();
    if (reader.text(SignetDataSource.URL).filter(SignetDataSource::hasCredentials).isPresent()) {
      reader.fault(SignetDataSource.CREDENTIALS_IN_URL);
    }
    reader.secret(
        SignetDataSource.PASSWORD); // The data source reads this setting; faults are reported here.
    reader.readElsewhere(SignetDataSource.USER);
    TokenSettings token = TokenSettings.read(reader, issuer);
    PasswordSettings password = PasswordSettings.read(reader);
    profile.check(reader, issuer, token);
    Settings settings =
        new Settings(
            issuer,
            production,
            profile,
            dataDirectory,
            embeddedDatabase,
            token,
            RefreshSettings.read(reader),
            SessionSettings.read(reader),
            KeySettings.read(reader),
            password,
            HashingSettings.read(reader, password, heap),
            HttpSettings.read(reader),
            CookieSettings.read(reader, token.lifetime()),
            CorsSettings.read(reader),
            FreshSettings.read(reader),
            SourceSettings.read(reader),
            BlockSettings.read(reader),
            ClientSettings.read(reader),
            DocumentSettings.read(reader, issuer, production),
            AuthorizationSettings.read(reader),
            SubjectSettings.read(reader),
            DpopSettings.read(reader),
            OutboundSettings.read(reader),
            LimitSettings.read(reader),
            RegistrationSettings.read(reader),
            LockSettings.read(reader),
            ImportSettings.read(reader),
            AuditSettings.read(reader),
            MetricsSettings.read(reader),
            BrandSettings.read(reader),
            new AdminSettings(reader.secret("signet.admin.password")),
            Set.copyOf(reader.known().keySet()));
    if (production) {
      settings.refuseTryOutDefaults(reader);
    }
    reader.refuseHidden(environment);
    reader.refuseIfFaulty();
    return settings;
  }

  /** Whether a URL is on the loopback interface, as when trying out Signet. */
  static boolean isOnThisComputer(URI address) {
    return LOOPBACK.contains(address.getHost());
  }

  private void refuseTryOutDefaults(SettingsReader reader) {
    if (!"https".equals(issuer.getScheme())) {
      reader.fault(
          PRODUCTION
              + " requires an https issuer: set "
              + ISSUER
              + " to the public URL of Signet.");
    }
    if (embeddedDatabase) {
      reader.fault(
          PRODUCTION
              + " does not allow the embedded database: set "
              + SignetDataSource.URL
              + " to a PostgreSQL database.");
    }
    if (keys.areGenerated()) {
      reader.fault(
          PRODUCTION
              + " does not allow a generated key: set "
              + KeySettings.PRIVATE_FILE
              + ", "
              + KeySettings.PRIVATE
              + ", "
              + KeySettings.JWKS_FILE
              + " or "
              + KeySettings.STORE
              + "=database.");
    }
  }

  /**
   * Limits of the HTTP side.
   *
   * @param maxBody largest request body in bytes
   * @param uploads the maximum number of bodies being received; each occupies a thread of the
   *     server, which needs as many for everything else
   * @param uploadTimeout how long a body may take
   */
  public record HttpSettings(int maxBody, int uploads, Duration uploadTimeout) {
    static HttpSettings read(SettingsReader reader) {
      return new HttpSettings(
          reader.number("signet.http.body", 65_536, 1_024, 16_777_216),
          reader.number("signet.http.uploads", 64, 1, 10_000),
          reader.duration(
              "signet.http.upload.timeout",
              Duration.ofSeconds(10),
              Duration.ofSeconds(1),
              Duration.ofMinutes(5)));
    }
  }

  /**
   * Operations that require a recent login.
   *
   * @param maxAge the maximum age of the login with the password
   */
  public record FreshSettings(Duration maxAge) {
    static FreshSettings read(SettingsReader reader) {
      return new FreshSettings(
          reader.duration(
              "signet.token.fresh",
              Duration.ofMinutes(15),
              Duration.ofSeconds(1),
              Duration.ofHours(24)));
    }
  }

  /**
   * OAuth clients.
   *
   * @param overlap how long a replaced secret stays valid, unless the administrator chooses a
   *     duration
   * @param assertionAudience the accepted audiences of their assertions, unless they register one
   */
  public record ClientSettings(Duration overlap, AssertionAudience assertionAudience) {
    static ClientSettings read(SettingsReader reader) {
      return new ClientSettings(
          reader.duration(
              "signet.client.overlap", Duration.ofDays(1), Duration.ZERO, Duration.ofDays(90)),
          reader.choice(
              "signet.client.assertion.audience",
              AssertionAudience.ANY,
              AssertionAudience::setting));
    }
  }

  /**
   * DPoP proofs (RFC 9449).
   *
   * @param nonce whether proofs must contain a nonce of Signet
   */
  public record DpopSettings(boolean nonce) {
    static DpopSettings read(SettingsReader reader) {
      return new DpopSettings(reader.flag("signet.dpop.nonce", false));
    }
  }

  /**
   * The authorization endpoint.
   *
   * @param onlyPushed whether it only accepts pushed requests (RFC 9126)
   */
  public record AuthorizationSettings(boolean onlyPushed) {
    static AuthorizationSettings read(SettingsReader reader) {
      return new AuthorizationSettings(reader.flag("signet.par.required", false));
    }
  }

  /**
   * The first administrator.
   *
   * @param password the initial password; if absent, one is generated and shown once
   */
  public record AdminSettings(Optional<String> password) {
    @Override
    public String toString() {
      return "AdminSettings[password=" + (password.isPresent() ? "set" : "generated") + "]";
    }
  }
}

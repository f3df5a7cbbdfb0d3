package dev.signet.base.settings;

import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.settings.reading.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A set of settings and rules that a specification requires. */
public enum Profile {
  /** No profile: each setting has its own default. */
  NONE(Map.of(), Set.of()),

  /** The FAPI 2.0 Security Profile (final), sections 5.3.2 and 5.4. */
  FAPI2(
      Map.of(
          "signet.par.required", "true",
          "signet.client.assertion.audience", "issuer",
          "signet.refresh.rotation", "false",
          "signet.keys.algorithm", "ES256"),
      Set.of("RS256"));

  static final String KEY = "signet.profile";
  private static final Duration LEAST_SKEW = Duration.ofSeconds(10);

  @SuppressWarnings("ImmutableEnumChecker") // Map.of
  private final Map<String, String> demanded;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of
  private final Set<String> refusedAlgorithms;

  Profile(Map<String, String> demanded, Set<String> refusedAlgorithms) {
    this.demanded = demanded;
    this.refusedAlgorithms = refusedAlgorithms;
  }

  static Profile read(SettingsReader reader) {
    Profile profile = reader.choice(KEY, NONE, Profile::setting);
    reader.demand(KEY + "=" + profile.setting(), profile.demanded);
    return profile;
  }

  /**
   * Checks requirements that are not a single value: TLS, except for a trial on one computer, and a
   * tolerance of 10 seconds for the clocks of clients.
   */
  void check(SettingsReader reader, URI issuer, TokenSettings token) {
    boolean secure = "https".equals(issuer.getScheme()) || Settings.isOnThisComputer(issuer);
    if (this == FAPI2 && !secure) {
      reader.fault(KEY + "=" + setting() + " requires an https URL as " + Settings.ISSUER + ".");
    }
    if (this == FAPI2 && token.skew().compareTo(LEAST_SKEW) < 0) {
      reader.fault(
          KEY + "=" + setting() + " requires a signet.token.skew of " + LEAST_SKEW + " or more.");
    }
  }

  /** Returns the permitted algorithms of a list (section 5.4.1). */
  public List<String> permitted(List<String> algorithms) {
    return algorithms.stream().filter(this::permits).toList();
  }

  /** Whether an algorithm is permitted for signing JWTs. */
  public boolean permits(String algorithm) {
    return !refusedAlgorithms.contains(algorithm);
  }

  /**
   * Refuses a signing key with an algorithm that is not permitted.
   *
   * @throws InvalidSettings that says what to configure instead
   */
  public void checkSigning(String algorithm) {
    if (!permits(algorithm)) {
      throw new InvalidSettings(
          List.of(
              KEY
                  + "="
                  + setting()
                  + " requires a P-256 signing key (ES256), but this key is for "
                  + algorithm
                  + ": configure an EC key; with "
                  + KeySettings.STORE
                  + "=database, first set signet.keys.algorithm=ES256 without the"
                  + " profile, until the next rotation."));
    }
  }

  String setting() {
    return name().toLowerCase(Locale.ROOT);
  }
}

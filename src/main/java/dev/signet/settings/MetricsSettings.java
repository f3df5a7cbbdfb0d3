package dev.signet.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may read the metrics, beside administrators.
 *
 * @param token the secret that opens them
 * @param open whether they are there for everybody
 */
public record MetricsSettings(Optional<String> token, boolean open) {
  private static final Pattern SECRET = Pattern.compile("[!-~]{16,512}");

  static MetricsSettings read(SettingsReader reader) {
    return new MetricsSettings(
        reader.parse(
            "signet.metrics.token",
            Optional.empty(),
            "16 to 512 characters of ASCII without spaces",
            MetricsSettings::secret),
        reader.flag("signet.metrics.public", false));
  }

  private static Optional<String> secret(String value) {
    if (!SECRET.matcher(value).matches()) {
      throw new IllegalArgumentException();
    }
    return Optional.of(value);
  }

  @Override
  public String toString() {
    return "MetricsSettings[token=" + (token.isPresent() ? "set" : "none") + ", open=" + open + "]";
  }
}

package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Access to the metrics for callers other than administrators.
 *
 * @param token the secret for reading the metrics
 * @param open whether the metrics are public
 */
public record MetricsSettings(Optional<String> token, boolean open) {
  private static final String TOKEN = "signet.metrics.token";
  private static final Pattern SECRET = Pattern.compile("[!-~]{16,512}");

  static MetricsSettings read(SettingsReader reader) {
    return new MetricsSettings(secret(reader), reader.flag("signet.metrics.public", false));
  }

  private static Optional<String> secret(SettingsReader reader) {
    Optional<String> token = reader.secret(TOKEN);
    if (token.filter(text -> !SECRET.matcher(text).matches()).isPresent()) {
      reader.fault(TOKEN + " must be 16 to 512 ASCII characters without spaces.");
    }
    return token;
  }

  @Override
  public String toString() {
    return "MetricsSettings[token=" + (token.isPresent() ? "set" : "none") + ", open=" + open + "]";
  }
}

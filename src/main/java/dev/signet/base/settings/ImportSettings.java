package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The import at the start.
 *
 * @param file the file with clients and users
 * @param passphrase decrypts the secrets in the file
 */
public record ImportSettings(Optional<Path> file, Optional<String> passphrase) {
  public static final String FILE = "signet.import";
  public static final String PASSPHRASE = "signet.import.passphrase";

  static ImportSettings read(SettingsReader reader) {
    return new ImportSettings(reader.path(FILE), reader.secret(PASSPHRASE));
  }

  @Override
  public String toString() {
    return "ImportSettings[" + file + "]";
  }
}

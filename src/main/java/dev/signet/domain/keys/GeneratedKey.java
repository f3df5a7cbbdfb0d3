package dev.signet.domain.keys;

import com.nimbusds.jose.jwk.JWK;
import dev.signet.base.settings.KeySettings;
import dev.signet.base.settings.KeySettings.Algorithm;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.datasource.DataDirectory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The key for trying out Signet: generated once and stored in the data directory. */
final class GeneratedKey {
  static final String FILE = "signing-key.pem";

  /** A separate file, so that no key is lost when the algorithm is changed and changed back. */
  static final String EC_FILE = "signing-key-es256.pem";

  private GeneratedKey() {}

  /**
   * Returns the file with the key, and creates it, readable only by its owner, if it does not
   * exist.
   *
   * @throws InvalidSettings if the directory cannot be written
   */
  static Path file(Path directory, KeySettings settings) {
    Path file = directory.resolve(settings.algorithm() == Algorithm.ES256 ? EC_FILE : FILE);
    try {
      if (!Files.exists(file)) {
        DataDirectory.create(directory);
        create(directory, file, settings);
      }
      return file;
    } catch (IOException e) {
      throw new InvalidSettings("signet.data.directory cannot be written: " + directory + ".", e);
    }
  }

  private static void create(Path directory, Path file, KeySettings settings) throws IOException {
    // A temporary file is only accessible to its owner from the start. The link names it
    // atomically, so that of two nodes that start together one wins and both read the same key.
    Path draft = Files.createTempFile(directory, "signing-key", ".tmp");
    try {
      JWK key = Signatures.generate(settings.algorithm(), settings.bits());
      Files.writeString(draft, Pem.write(key));
      try {
        Files.createLink(file, draft);
      } catch (FileAlreadyExistsException e) {
        return;
      } catch (UnsupportedOperationException e) {
        Files.copy(draft, file);
      }
    } finally {
      Files.delete(draft);
    }
  }
}

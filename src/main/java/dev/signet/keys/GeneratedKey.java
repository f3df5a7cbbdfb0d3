package dev.signet.keys;

import dev.signet.datasource.DataDirectory;
import dev.signet.settings.InvalidSettings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

/** The key for trying Signet out: generated once and kept in the data directory. */
final class GeneratedKey {
  static final String FILE = "signing-key.pem";
  private static final int BITS = 2048;

  private GeneratedKey() {}

  /**
   * Returns the file with the key; makes it, readable by its owner only, if there is none.
   *
   * @throws InvalidSettings when the directory cannot be written
   */
  static Path file(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        DataDirectory.create(directory);
        create(directory, file);
      }
      return file;
    } catch (IOException e) {
      throw new InvalidSettings("signet.data.directory cannot be written: " + directory + ".", e);
    }
  }

  private static void create(Path directory, Path file) throws IOException {
    // A temporary file is its owner's alone from the start; the link gives it its name in one
    // step, so that of two nodes that start together one wins and both read the same key.
    Path draft = Files.createTempFile(directory, "signing-key", ".tmp");
    try {
      Files.writeString(draft, generate());
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

  private static String generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return Pem.write(generator.generateKeyPair().getPrivate());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

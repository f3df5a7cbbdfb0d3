package dev.signet.datasource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory of the embedded database and of generated keys: it contains password hashes and a
 * private key, so only its owner may access it.
 */
public final class DataDirectory {
  private DataDirectory() {}

  /** Creates the directory if it is missing. */
  public static void create(Path directory) throws IOException {
    if (Files.exists(directory)) {
      return;
    }
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (UnsupportedOperationException e) {
      // The file system does not support POSIX permissions; there, directories of the user are not
      // accessible to others.
      Files.createDirectories(directory);
    }
  }
}

package dev.signet.datasource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory of the embedded database and of generated keys: password hashes and a private key,
 * so nobody but its owner may look inside.
 */
public final class DataDirectory {
  private DataDirectory() {}

  /** Makes the directory, if it is missing. */
  public static void create(Path directory) throws IOException {
    if (Files.exists(directory)) {
      return;
    }
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (UnsupportedOperationException e) {
      // No such permissions on this file system; the user's own directories are closed there.
      Files.createDirectories(directory);
    }
  }
}

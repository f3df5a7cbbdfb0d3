package dev.signet.datasource;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FileUtils;

/**
 * The file of an embedded database. After a process was killed, H2 looks for the newest part of the
 * file near the one that the file's header names, and may miss up to some twenty commits that are
 * on disk. Recovery reads the whole file instead and marks the newest part in the header.
 *
 * @param name as H2 understands it
 */
record EmbeddedFile(String name) {
  private static final Logger LOG = System.getLogger(EmbeddedFile.class.getName());
  private static final String PREFIX = "jdbc:h2:";

  /** Other storage than plain files; one letter is a drive of Windows. */
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z0-9]{2,}:.*");

  private static final int HEADER_BYTES = 4096;

  /** What H2 writes into the header when it closes the database, and removes at the first write. */
  private static final String CLOSED = ",clean:1,";

  /** The file of a URL of H2, unless the database is in memory, on a server or encrypted. */
  static Optional<EmbeddedFile> of(String url) {
    String[] parts = url.substring(PREFIX.length()).split(";", 2);
    String path = parts[0].startsWith("file:") ? parts[0].substring("file:".length()) : parts[0];
    boolean encrypted = parts.length > 1 && parts[1].toUpperCase(Locale.ROOT).contains("CIPHER=");
    return encrypted || SCHEME.matcher(path).matches()
        ? Optional.empty()
        : Optional.of(new EmbeddedFile(path + ".mv.db"));
  }

  /**
   * Recovers the file if the database was not closed. Only when no session of this process is open:
   * closing a file ends the lock that the process has on it.
   */
  void recover() {
    try {
      if (!FileUtils.exists(name) || wasClosed()) {
        return;
      }
      new MVStore.Builder().fileName(name).recoveryMode().autoCommitDisabled().open().close();
      LOG.log(
          Level.INFO,
          "The embedded database was not closed properly; its last commits were recovered");
    } catch (IOException | MVStoreException e) {
      // H2 says what is wrong when it opens the file itself.
      LOG.log(
          Level.WARNING,
          "The embedded database was not closed properly and cannot be recovered",
          e);
    }
  }

  private boolean wasClosed() throws IOException {
    try (InputStream in = FileUtils.newInputStream(name)) {
      return new String(in.readNBytes(HEADER_BYTES), StandardCharsets.ISO_8859_1).contains(CLOSED);
    }
  }
}

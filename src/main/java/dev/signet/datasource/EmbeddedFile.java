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
 * The file of an embedded database. After a process was killed, H2 searches the newest chunk of the
 * file near the one named in the header, and may miss some twenty commits that are on disk.
 * Recovery reads the whole file instead and stores the newest chunk in the header.
 *
 * @param name the file name for H2
 */
record EmbeddedFile(String name) {
  private static final Logger LOG = System.getLogger(EmbeddedFile.class.getName());
  private static final String PREFIX = "jdbc:h2:";

  /** The prefix of a storage other than plain files; a single letter is a drive of Windows. */
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z0-9]{2,}:.*");

  private static final int HEADER_BYTES = 4096;

  /**
   * The mark that H2 writes into the header when it closes the database, and removes at the first
   * write.
   */
  private static final String CLOSED = ",clean:1,";

  /** Returns the file of an H2 URL, unless the database is in memory, on a server or encrypted. */
  static Optional<EmbeddedFile> of(String url) {
    String[] parts = url.substring(PREFIX.length()).split(";", 2);
    String path = parts[0].startsWith("file:") ? parts[0].substring("file:".length()) : parts[0];
    boolean encrypted = parts.length > 1 && parts[1].toUpperCase(Locale.ROOT).contains("CIPHER=");
    return encrypted || SCHEME.matcher(path).matches()
        ? Optional.empty()
        : Optional.of(new EmbeddedFile(path + ".mv.db"));
  }

  /**
   * Recovers the file if the database was not closed. Only call this when no session of this
   * process is open: closing a file releases the process's lock on it.
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
      // H2 reports the fault when it opens the file itself.
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

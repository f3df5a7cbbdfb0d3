package dev.signet.domain.user;

import java.util.Optional;

/**
 * An account was changed. Observed within the transaction by what must change with it, and after
 * its commit by what only has to know.
 *
 * @param id whose
 * @param keptSession the session that a new password does not end: the one it was set in
 */
public record AccountChanged(String id, Kind kind, Optional<String> keptSession) {

  /** What has happened. */
  public enum Kind {
    UPDATED,
    PASSWORD_CHANGED,
    /** It may do less than before. */
    GROUP_LOST,
    DISABLED,
    /** The row is about to go. */
    DELETED
  }

  public AccountChanged(String id, Kind kind) {
    this(id, kind, Optional.empty());
  }
}

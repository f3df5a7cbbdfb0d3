package dev.signet.domain.user;

import java.util.Optional;

/**
 * An event: an account was changed. It is observed within the transaction for dependent changes,
 * and after the commit for notifications.
 *
 * @param id the identifier of the user
 * @param keptSession the session in which a new password was set, which continues
 */
public record AccountChanged(String id, Kind kind, Optional<String> keptSession) {

  /** The kinds of changes. */
  public enum Kind {
    UPDATED,
    PASSWORD_CHANGED,
    /** The user lost a group. */
    GROUP_LOST,
    DISABLED,
    /** The account is being deleted. */
    DELETED
  }

  public AccountChanged(String id, Kind kind) {
    this(id, kind, Optional.empty());
  }
}

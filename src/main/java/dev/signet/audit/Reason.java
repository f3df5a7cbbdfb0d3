package dev.signet.audit;

import java.util.Locale;

/** Why something failed: a class of causes, few enough to count by. */
public enum Reason {
  WRONG_PASSWORD,
  UNKNOWN_USER,
  DISABLED,
  LOCKED,
  BLOCKED,
  OVERLOADED,
  UNKNOWN_TOKEN,
  EXPIRED,
  REVOKED,
  CSRF,
  LIMIT;

  /** Its name in records: lower case, with underscores. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }
}

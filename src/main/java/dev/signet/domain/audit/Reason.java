package dev.signet.domain.audit;

import java.util.Locale;

/** Why something failed: a class of causes, few enough to count by. */
public enum Reason {
  WRONG_PASSWORD,
  UNKNOWN_USER,
  /** No OAuth client has this identifier. */
  UNKNOWN_CLIENT,
  /** Another secret or signature than the client's. */
  WRONG_SECRET,
  /** Credentials of a client by another method than the registered one. */
  WRONG_METHOD,
  /** A client assertion that is signed right, with a claim that does not pass. */
  INVALID_ASSERTION,
  /** A client assertion by no key that is registered for the client. */
  UNKNOWN_KEY,
  /** The published keys of a client cannot be fetched. */
  KEYS_UNAVAILABLE,
  DISABLED,
  /** The account changed while its password was checked. */
  CHANGED,
  LOCKED,
  /** A token that may have been deleted. */
  UNKNOWN_TOKEN,
  UNKNOWN_CODE,
  /** No refresh token that Signet issues has this form. */
  MALFORMED,
  /** Another client, redirect URI, verifier or key than the one that it was made for. */
  MISMATCH,
  EXPIRED,
  REVOKED,
  CSRF,
  LIMIT;

  /** Its name in records: lower case, with underscores. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }
}

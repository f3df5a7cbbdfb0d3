package dev.signet.domain.audit;

import java.util.Locale;

/** The reason of a failure: a small set of values, which can be metric labels. */
public enum Reason {
  WRONG_PASSWORD,
  UNKNOWN_USER,
  /** No OAuth client has this identifier. */
  UNKNOWN_CLIENT,
  /** The secret or the signature of the client is wrong. */
  WRONG_SECRET,
  /** The client used a different authentication method than the registered one. */
  WRONG_METHOD,
  /** A client assertion has a valid signature, but an invalid claim. */
  INVALID_ASSERTION,
  /** A client assertion is signed with a key that is not registered for the client. */
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
  /** The client, redirect URI, verifier or key does not match. */
  MISMATCH,
  EXPIRED,
  REVOKED,
  CSRF,
  LIMIT;

  /** Returns the name in records: lower case, with underscores. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }
}

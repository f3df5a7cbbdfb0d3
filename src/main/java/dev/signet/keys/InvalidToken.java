package dev.signet.keys;

/** A presented token is refused. */
public final class InvalidToken extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public InvalidToken(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  /** Why, in words fit for counting; a caller learns no more than whether the token expired. */
  public Reason reason() {
    return reason;
  }

  /** The kinds of refusal. */
  public enum Reason {
    MALFORMED,
    HEADER,
    UNKNOWN_KEY,
    SIGNATURE,
    CLAIMS,
    ISSUER,
    AUDIENCE,
    EXPIRED,
    NOT_YET_VALID,
    REVOKED,
    /** Not of the token, but of what shows whose it is (RFC 9449), like the next. */
    PROOF,
    NONCE
  }
}

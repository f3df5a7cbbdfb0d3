package dev.signet.domain.jose;

/** A presented token is invalid. */
public final class InvalidToken extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public InvalidToken(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  /**
   * Returns the reason, for metrics and logs. The caller only learns whether the token has expired.
   */
  public Reason reason() {
    return reason;
  }

  /** The reasons for which a token is invalid. */
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
    /** The DPoP proof is invalid, not the token (RFC 9449); likewise the next reason. */
    PROOF,
    NONCE
  }
}

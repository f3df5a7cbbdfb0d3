package dev.signet.base.oauth;

import jakarta.ejb.ApplicationException;

/**
 * An OAuth request is refused. Rolls the transaction back: what must outlive a refusal is committed
 * before one is thrown.
 */
@ApplicationException(rollback = true)
public final class OAuthException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final OAuthError error;

  /**
   * Refuses with a sentence for the client's developer.
   *
   * @param description public words, in the characters of RFC 6749, section 5.2: no secret, nothing
   *     that the request said
   */
  public OAuthException(OAuthError error, String description) {
    super(description, null, false, false);
    this.error = error;
  }

  public OAuthError error() {
    return error;
  }
}

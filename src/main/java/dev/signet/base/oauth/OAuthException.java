package dev.signet.base.oauth;

import jakarta.ejb.ApplicationException;

/**
 * An OAuth request is refused. It rolls back the transaction, so changes that must persist are
 * committed before it is thrown.
 */
@ApplicationException(rollback = true)
public final class OAuthException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final OAuthError error;

  /**
   * Refuses with a sentence for the client's developer.
   *
   * @param description a public sentence in the characters of RFC 6749, section 5.2, without
   *     secrets and without content of the request
   */
  public OAuthException(OAuthError error, String description) {
    super(description, null, false, false);
    this.error = error;
  }

  public OAuthError error() {
    return error;
  }
}

package dev.signet.oauth;

import java.util.Locale;

/** The error codes of OAuth, each with its HTTP status code (RFC 6749, section 5.2, and others). */
public enum OAuthError {
  INVALID_REQUEST(400),
  INVALID_CLIENT(401),
  UNAUTHORIZED_CLIENT(400),
  UNSUPPORTED_GRANT_TYPE(400),
  INVALID_SCOPE(400),
  /** RFC 8707, section 2. */
  INVALID_TARGET(400),
  /** Not of the token endpoint by RFC 6749, but the field's word for a fault of the server. */
  SERVER_ERROR(500),
  TEMPORARILY_UNAVAILABLE(503);

  private final int status;

  OAuthError(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** The value of {@code error}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

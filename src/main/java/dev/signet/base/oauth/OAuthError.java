package dev.signet.base.oauth;

import java.util.Locale;

/**
 * The error codes of OAuth, each with its HTTP status code (RFC 6749, section 5.2, and others). In
 * a redirect to a client, the error code is the same, with the status of the redirect.
 */
public enum OAuthError {
  INVALID_REQUEST(400),
  INVALID_CLIENT(401),
  INVALID_GRANT(400),
  UNAUTHORIZED_CLIENT(400),
  UNSUPPORTED_GRANT_TYPE(400),
  INVALID_SCOPE(400),
  /** RFC 8707, section 2. */
  INVALID_TARGET(400),
  /** RFC 6749, section 4.1.2.1, like the next. */
  ACCESS_DENIED(400),
  UNSUPPORTED_RESPONSE_TYPE(400),
  /** OIDC Core, section 3.1.2.6, like those that follow. */
  LOGIN_REQUIRED(400),
  CONSENT_REQUIRED(400),
  INTERACTION_REQUIRED(400),
  REQUEST_NOT_SUPPORTED(400),
  REQUEST_URI_NOT_SUPPORTED(400),
  INVALID_REQUEST_URI(400),
  /** RFC 9470, section 5. */
  UNMET_AUTHENTICATION_REQUIREMENTS(400),
  /** RFC 8628, section 3.5, like the next two. */
  AUTHORIZATION_PENDING(400),
  SLOW_DOWN(400),
  EXPIRED_TOKEN(400),
  /** RFC 9449, sections 5 and 8. */
  INVALID_DPOP_PROOF(400),
  USE_DPOP_NONCE(400),
  /** RFC 7591, section 3.2.2, like the next. */
  INVALID_REDIRECT_URI(400),
  INVALID_CLIENT_METADATA(400),
  /** RFC 6750, section 3.1, like the next. */
  INVALID_TOKEN(401),
  INSUFFICIENT_SCOPE(403),
  /**
   * RFC 6749 does not define it for the token endpoint, but it is the usual code for a fault of the
   * server.
   */
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

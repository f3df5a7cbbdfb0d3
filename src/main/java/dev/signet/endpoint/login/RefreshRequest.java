package dev.signet.endpoint.login;

import jakarta.validation.constraints.Size;

/**
 * The request to exchange a refresh token.
 *
 * @param refreshToken absent if it is in the cookie
 */
record RefreshRequest(@Size(max = 512) String refreshToken) {
  /** The request for an exchange of the token in the cookie, if there is no body. */
  static final RefreshRequest BY_COOKIE = new RefreshRequest(null);

  @Override
  public String toString() {
    return "RefreshRequest[]";
  }
}

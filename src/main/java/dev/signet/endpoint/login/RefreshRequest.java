package dev.signet.endpoint.login;

import jakarta.validation.constraints.Size;

/**
 * The refresh token to exchange.
 *
 * @param refreshToken absent when it comes by cookie
 */
record RefreshRequest(@Size(max = 512) String refreshToken) {
  /** What a request without a body asks for: an exchange of the token in the cookie. */
  static final RefreshRequest BY_COOKIE = new RefreshRequest(null);

  @Override
  public String toString() {
    return "RefreshRequest[]";
  }
}

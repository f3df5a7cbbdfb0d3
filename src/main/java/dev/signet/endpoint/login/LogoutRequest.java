package dev.signet.endpoint.login;

import jakarta.validation.constraints.Size;

/**
 * The request to log out without a valid access token.
 *
 * @param refreshToken of the session to end
 */
record LogoutRequest(@Size(max = 512) String refreshToken) {
  @Override
  public String toString() {
    return "LogoutRequest[]";
  }
}

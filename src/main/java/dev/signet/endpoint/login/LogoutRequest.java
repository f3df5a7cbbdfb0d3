package dev.signet.endpoint.login;

import jakarta.validation.constraints.Size;

/**
 * What somebody logs out with who has no valid access token any more.
 *
 * @param refreshToken of the session to end
 */
record LogoutRequest(@Size(max = 512) String refreshToken) {
  @Override
  public String toString() {
    return "LogoutRequest[]";
  }
}

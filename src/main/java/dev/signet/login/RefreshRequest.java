package dev.signet.login;

import jakarta.validation.constraints.Size;

/**
 * The refresh token to exchange.
 *
 * @param refreshToken absent when it comes by cookie
 */
record RefreshRequest(@Size(max = 512) String refreshToken) {
  @Override
  public String toString() {
    return "RefreshRequest[]";
  }
}

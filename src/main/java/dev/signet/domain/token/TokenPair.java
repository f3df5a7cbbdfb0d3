package dev.signet.domain.token;

import java.time.Duration;
import java.util.Optional;

/**
 * The current tokens of a session.
 *
 * @param refreshToken absent when only the access token is renewed
 * @param refreshLifetime how long the session lasts from now unless it is used
 * @param csrf the value that a browser repeats in a header; present if the tokens are delivered in
 *     cookies
 * @param passwordChangeRequired whether the user logged in with a password that must be replaced
 */
public record TokenPair(
    AccessToken accessToken,
    Optional<String> refreshToken,
    Duration refreshLifetime,
    Optional<String> csrf,
    boolean passwordChangeRequired) {

  @Override
  public String toString() {
    return "TokenPair[" + accessToken + ", refreshLifetime=" + refreshLifetime + "]";
  }
}

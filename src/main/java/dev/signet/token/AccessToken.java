package dev.signet.token;

import java.time.Duration;

/**
 * An access token that was just issued.
 *
 * @param value the signed JWT
 * @param lifetime how long it is valid from now
 */
public record AccessToken(String value, Duration lifetime) {
  @Override
  public String toString() {
    return "AccessToken[lifetime=" + lifetime + "]";
  }
}

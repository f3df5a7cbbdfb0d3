package dev.signet.token;

import java.time.Duration;

/**
 * An access token that was just issued.
 *
 * @param value the signed JWT
 * @param lifetime how long it is valid from now
 * @param bound whether it is of use only with the key that it names (RFC 9449)
 */
public record AccessToken(String value, Duration lifetime, boolean bound) {
  /** The {@code token_type}: how it is presented. */
  public String type() {
    return bound ? "DPoP" : "Bearer";
  }

  @Override
  public String toString() {
    return "AccessToken[lifetime=" + lifetime + "]";
  }
}

package dev.signet.domain.token;

import java.time.Duration;

/**
 * An access token that was just issued.
 *
 * @param value the signed JWT
 * @param lifetime how long it is valid from now
 * @param bound whether the token is bound to a DPoP key (RFC 9449)
 */
public record AccessToken(String value, Duration lifetime, boolean bound) {
  /** Returns the {@code token_type} of the response (RFC 6749, section 7.1). */
  public String type() {
    return bound ? "DPoP" : "Bearer";
  }

  @Override
  public String toString() {
    return "AccessToken[lifetime=" + lifetime + "]";
  }
}

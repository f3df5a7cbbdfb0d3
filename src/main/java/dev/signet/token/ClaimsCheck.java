package dev.signet.token;

import dev.signet.keys.VerifiedToken;

/**
 * An application's own condition on access tokens. Any CDI bean of this type is asked at each
 * request with a token that has passed all other checks; each must accept it. It runs before every
 * call, so it must be quick.
 */
public interface ClaimsCheck {
  /** Whether the token may be used. */
  boolean accepts(VerifiedToken token);
}

package dev.signet.domain.token;

import dev.signet.domain.jose.VerifiedToken;

/**
 * An additional check of access tokens by the application. Signet calls each CDI bean of this type
 * for each request whose token has passed all other checks, and all must accept the token.
 * Implementations must be fast.
 */
public interface ClaimsCheck {
  /** Whether the token may be used. */
  boolean accepts(VerifiedToken token);
}

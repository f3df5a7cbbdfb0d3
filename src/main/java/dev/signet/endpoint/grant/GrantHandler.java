package dev.signet.endpoint.grant;

import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.OAuthException;

/** Handles token requests of one grant type. */
interface GrantHandler {
  GrantType type();

  /**
   * Issues tokens to an authenticated client that may use the grant type.
   *
   * @throws OAuthException if the request is refused
   */
  TokenResponse grant(TokenRequest request);
}

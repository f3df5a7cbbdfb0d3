package dev.signet.endpoint.grant;

import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.OAuthException;

/** Does what one grant type is about. */
interface GrantHandler {
  GrantType type();

  /**
   * Gives an authenticated client that may use the grant what it asks for.
   *
   * @throws OAuthException if it gets nothing
   */
  TokenResponse grant(TokenRequest request);
}

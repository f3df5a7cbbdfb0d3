package dev.signet.domain.token;

import dev.signet.base.oauth.Scope;
import java.util.Optional;

/**
 * The tokens issued to a client for a user (RFC 6749, section 5.1; OIDC Core, section 3.1.3.3).
 *
 * @param scope of the access token
 */
public record IssuedTokens(
    AccessToken accessToken, Optional<String> refreshToken, Optional<String> idToken, Scope scope) {

  @Override
  public String toString() {
    return "IssuedTokens[" + accessToken + ", scope=" + scope + "]";
  }
}

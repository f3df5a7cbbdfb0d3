package dev.signet.grant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signet.oauth.Scope;
import dev.signet.token.AccessToken;

/**
 * A successful answer of the token endpoint (RFC 6749, section 5.1).
 *
 * @param expiresIn seconds
 * @param scope what was granted; absent if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenResponse(String accessToken, String tokenType, long expiresIn, String scope) {
  static TokenResponse of(AccessToken token, Scope scope) {
    return new TokenResponse(
        token.value(),
        "Bearer",
        token.lifetime().toSeconds(),
        scope.names().isEmpty() ? null : scope.toString());
  }

  @Override
  public String toString() {
    return "TokenResponse[scope=" + scope + "]";
  }
}

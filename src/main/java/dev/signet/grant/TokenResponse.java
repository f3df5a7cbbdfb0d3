package dev.signet.grant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signet.oauth.Scope;
import dev.signet.token.AccessToken;
import dev.signet.token.IssuedTokens;
import java.util.Optional;

/**
 * A successful answer of the token endpoint (RFC 6749, section 5.1).
 *
 * @param expiresIn seconds
 * @param scope what was granted; absent if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenResponse(
    String accessToken,
    String tokenType,
    long expiresIn,
    String refreshToken,
    String idToken,
    String scope) {
  static TokenResponse of(AccessToken token, Scope scope) {
    return of(new IssuedTokens(token, Optional.empty(), Optional.empty(), scope));
  }

  static TokenResponse of(IssuedTokens tokens) {
    return new TokenResponse(
        tokens.accessToken().value(),
        "Bearer",
        tokens.accessToken().lifetime().toSeconds(),
        tokens.refreshToken().orElse(null),
        tokens.idToken().orElse(null),
        tokens.scope().names().isEmpty() ? null : tokens.scope().toString());
  }

  @Override
  public String toString() {
    return "TokenResponse[scope=" + scope + "]";
  }
}

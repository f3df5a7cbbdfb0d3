package dev.signet.endpoint.grant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signet.base.oauth.Scope;
import dev.signet.domain.token.AccessToken;
import dev.signet.domain.token.IssuedTokens;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A successful response of the token endpoint (RFC 6749, section 5.1).
 *
 * @param issuedTokenType only for a token exchange (RFC 8693, section 2.2.1)
 * @param tokenType {@code DPoP} for a token that is bound to a key (RFC 9449, section 5)
 * @param expiresIn seconds
 * @param scope the granted scope; absent if it is empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenResponse(
    @Schema(required = true) String accessToken,
    String issuedTokenType,
    @Schema(required = true) String tokenType,
    long expiresIn,
    String refreshToken,
    String idToken,
    String scope) {
  static TokenResponse of(AccessToken token, Scope scope) {
    return of(new IssuedTokens(token, Optional.empty(), Optional.empty(), scope));
  }

  static TokenResponse of(IssuedTokens tokens) {
    return of(tokens, null);
  }

  /** RFC 8693, section 2.2.1. */
  static TokenResponse of(IssuedTokens tokens, String issuedTokenType) {
    return new TokenResponse(
        tokens.accessToken().value(),
        issuedTokenType,
        tokens.accessToken().type(),
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

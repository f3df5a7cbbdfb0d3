package dev.signet.endpoint.login;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signet.domain.token.TokenPair;

/**
 * A response with tokens (RFC 6749, section 5.1). Tokens that are delivered in cookies are absent.
 *
 * @param expiresIn the lifetime of the access token in seconds
 * @param refreshExpiresIn the lifetime of the session in seconds, if it is not used
 * @param passwordChangeRequired present and true after a login with a one-time password
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenAnswer(
    String accessToken,
    String tokenType,
    long expiresIn,
    String refreshToken,
    long refreshExpiresIn,
    Boolean passwordChangeRequired) {

  static TokenAnswer of(TokenPair tokens) {
    return new TokenAnswer(
        tokens.accessToken().value(),
        "Bearer",
        tokens.accessToken().lifetime().toSeconds(),
        tokens.refreshToken().orElseThrow(),
        tokens.refreshLifetime().toSeconds(),
        tokens.passwordChangeRequired() ? true : null);
  }

  /** Creates the response for a client that gets the tokens in cookies. */
  static TokenAnswer withoutTokens(TokenPair tokens) {
    return new TokenAnswer(
        null,
        null,
        tokens.accessToken().lifetime().toSeconds(),
        null,
        tokens.refreshLifetime().toSeconds(),
        tokens.passwordChangeRequired() ? true : null);
  }

  @Override
  public String toString() {
    return "TokenAnswer[expiresIn=" + expiresIn + "]";
  }
}

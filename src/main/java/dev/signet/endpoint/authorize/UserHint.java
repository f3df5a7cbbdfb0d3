package dev.signet.endpoint.authorize;

import dev.signet.base.oauth.OAuthException;
import dev.signet.domain.client.Client;
import dev.signet.domain.jose.IdTokenHint;
import dev.signet.domain.jose.IdTokens;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.body.Form;
import java.util.Optional;

/**
 * The user in the parameter {@code id_token_hint} (OIDC Core, section 3.1.2.1).
 *
 * @param subject {@code sub}; empty without a hint, or if the hint can no longer be verified
 * @param isForgotten whether the key of the hint is no longer available
 */
record UserHint(Optional<String> subject, boolean isForgotten) {
  private static final UserHint NONE = new UserHint(Optional.empty(), false);

  /**
   * Reads the hint of a request.
   *
   * @throws OAuthException for the client, if it is not an ID token issued to that client
   */
  static UserHint of(Client client, Form parameters, IdTokens idTokens) {
    Optional<String> token = parameters.text("id_token_hint");
    if (token.isEmpty()) {
      return NONE;
    }
    try {
      IdTokenHint hint = idTokens.verifyHint(token.get());
      if (hint.clientId().equals(client.id())) {
        return new UserHint(Optional.of(hint.subject()), false);
      }
    } catch (InvalidToken e) {
      if (e.reason() == InvalidToken.Reason.UNKNOWN_KEY) {
        return new UserHint(Optional.empty(), true);
      }
    }
    throw Rules.invalid("The id_token_hint is not an ID token that was issued to this client.");
  }
}

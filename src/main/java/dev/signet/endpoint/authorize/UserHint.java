package dev.signet.endpoint.authorize;

import dev.signet.base.oauth.OAuthException;
import dev.signet.domain.client.Client;
import dev.signet.domain.jose.IdTokenHint;
import dev.signet.domain.jose.IdTokens;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.body.Form;
import java.util.Optional;

/**
 * What the parameter {@code id_token_hint} says about the user (OIDC Core, section 3.1.2.1).
 *
 * @param subject {@code sub}; empty without a hint, or with one that cannot be verified any more
 * @param isForgotten whether the key that signed the hint is not known any more
 */
record UserHint(Optional<String> subject, boolean isForgotten) {
  private static final UserHint NONE = new UserHint(Optional.empty(), false);

  /**
   * Reads the hint of a request.
   *
   * @throws OAuthException for the client, if it is no ID token of that client
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

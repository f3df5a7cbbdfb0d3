package dev.signet.endpoint.logout;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientDirectory;
import dev.signet.domain.jose.IdTokenHint;
import dev.signet.domain.jose.IdTokens;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.body.Form;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Reads and validates logout requests. An invalid hint is ignored (RP-Initiated Logout 1.0, section
 * 4), without refusing the request: a client cannot know that the key of an ID token was replaced,
 * and its user still wants to log out.
 */
@Shared
class LogoutRequests {
  private final ClientDirectory clients;
  private final IdTokens idTokens;

  @Inject
  LogoutRequests(ClientDirectory clients, IdTokens idTokens) {
    this.clients = clients;
    this.idTokens = idTokens;
  }

  /**
   * Reads a query.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST}; the browser must then not be
   *     redirected
   */
  LogoutRequest read(String query) {
    Form parameters = Form.ofLink(query).withoutRepeats();
    Optional<String> named = parameters.text("client_id");
    Optional<IdTokenHint> hint =
        parameters
            .text("id_token_hint")
            .flatMap(this::hint)
            .filter(valid -> named.filter(id -> !id.equals(valid.clientId())).isEmpty());
    Optional<Client> client =
        named.map(this::client).or(() -> hint.flatMap(valid -> clients.find(valid.clientId())));
    Optional<String> returnTo = parameters.text("post_logout_redirect_uri");
    if (client.isEmpty() && parameters.text("id_token_hint").isPresent()) {
      returnTo = Optional.empty(); // Without a client, the URI cannot be checked.
    }
    returnTo.ifPresent(uri -> checkRegistered(client, uri));
    Optional<String> state = parameters.text("state");
    if (state.filter(text -> !Form.fitsALink(text)).isPresent()) {
      throw invalid("The parameter state is too long.");
    }
    return new LogoutRequest(client, hint, returnTo, state, parameters.text("ui_locales"));
  }

  private Optional<IdTokenHint> hint(String token) {
    try {
      return Optional.of(idTokens.verifyHint(token));
    } catch (InvalidToken e) {
      return Optional.empty();
    }
  }

  private Client client(String id) {
    return clients.find(id).orElseThrow(() -> invalid("The client is unknown."));
  }

  /** Checks that the URI is registered, by an exact comparison (section 3). */
  private static void checkRegistered(Optional<Client> client, String uri) {
    if (client.isEmpty()) {
      throw invalid("The parameter post_logout_redirect_uri requires client_id or id_token_hint.");
    }
    if (!client.get().metadata().postLogoutRedirectUris().contains(uri)) {
      throw invalid("The post_logout_redirect_uri is not registered for this client.");
    }
  }

  private static OAuthException invalid(String description) {
    return new OAuthException(OAuthError.INVALID_REQUEST, description);
  }
}

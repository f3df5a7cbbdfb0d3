package dev.signet.logout;

import dev.signet.client.Client;
import dev.signet.client.ClientDirectory;
import dev.signet.keys.IdTokenHint;
import dev.signet.keys.IdTokens;
import dev.signet.keys.InvalidToken;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.web.Form;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.util.Optional;

/** Reads what clients ask for, and refuses what is not theirs to ask. */
@Shared
class LogoutRequests {
  private static final int LONGEST_STATE = 1_000;

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
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST}: nothing in it is to be believed, and
   *     the browser is sent nowhere
   */
  LogoutRequest read(String query) {
    Form parameters = Form.ofLink(query).withoutRepeats();
    Optional<IdTokenHint> hint = parameters.text("id_token_hint").map(this::hint);
    Optional<Client> client =
        parameters.text("client_id").or(() -> hint.map(IdTokenHint::clientId)).map(this::client);
    if (hint.isPresent() && !client.map(Client::id).equals(hint.map(IdTokenHint::clientId))) {
      throw invalid("The id_token_hint is of another client.");
    }
    Optional<String> returnTo = parameters.text("post_logout_redirect_uri");
    returnTo.ifPresent(uri -> checkRegistered(client, uri));
    Optional<String> state = parameters.text("state");
    if (state.filter(text -> text.length() > LONGEST_STATE).isPresent()) {
      throw invalid("The state is too long.");
    }
    return new LogoutRequest(client, hint, returnTo, state, parameters.text("ui_locales"));
  }

  private IdTokenHint hint(String token) {
    try {
      return idTokens.verifyHint(token);
    } catch (InvalidToken e) {
      throw invalid("The id_token_hint is not an ID token of this server.");
    }
  }

  private Client client(String id) {
    return clients.find(id).orElseThrow(() -> invalid("The client is not known."));
  }

  /** Section 3: compared as it is. */
  private static void checkRegistered(Optional<Client> client, String uri) {
    if (client.isEmpty()) {
      throw invalid("A post_logout_redirect_uri needs a client_id or an id_token_hint.");
    }
    if (!client.get().metadata().postLogoutRedirectUris().contains(uri)) {
      throw invalid("The client is not registered with this post_logout_redirect_uri.");
    }
  }

  private static OAuthException invalid(String description) {
    return new OAuthException(OAuthError.INVALID_REQUEST, description);
  }
}

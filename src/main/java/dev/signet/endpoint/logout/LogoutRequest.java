package dev.signet.endpoint.logout;

import dev.signet.domain.client.Client;
import dev.signet.domain.jose.IdTokenHint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A validated logout request (OpenID Connect RP-Initiated Logout 1.0, section 2).
 *
 * @param client the client, if the request identifies it
 * @param hint the ID token hint, if it is valid and was issued to that client
 * @param returnTo the registered URI to redirect the browser to after the logout
 * @param state the state for that URI
 */
record LogoutRequest(
    Optional<Client> client,
    Optional<IdTokenHint> hint,
    Optional<String> returnTo,
    Optional<String> state,
    Optional<String> uiLocales) {

  /** Returns the URI to redirect the browser to, with the state. */
  Optional<String> destination() {
    return returnTo.map(
        uri ->
            state
                .map(
                    text ->
                        uri
                            + (uri.contains("?") ? "&" : "?")
                            + "state="
                            + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .orElse(uri));
  }

  @Override
  public String toString() {
    return "LogoutRequest[" + client.map(Client::id).orElse("") + "]";
  }
}

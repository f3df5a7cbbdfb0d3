package dev.signet.endpoint.logout;

import dev.signet.domain.client.Client;
import dev.signet.domain.jose.IdTokenHint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a client asks for (OpenID Connect RP-Initiated Logout 1.0, section 2), checked.
 *
 * @param client who asks, if it says so
 * @param hint the ID token that it once got, if it is valid and that client's
 * @param returnTo where the browser goes afterwards; the client has registered it
 * @param state what the client wants to find there
 */
record LogoutRequest(
    Optional<Client> client,
    Optional<IdTokenHint> hint,
    Optional<String> returnTo,
    Optional<String> state,
    Optional<String> uiLocales) {

  /** Where the browser goes, with the state. */
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

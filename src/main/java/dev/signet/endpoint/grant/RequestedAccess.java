package dev.signet.endpoint.grant;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Scope;
import dev.signet.domain.client.Client;
import dev.signet.web.body.Form;
import java.util.List;

/**
 * The requested scope and resource servers, within the registration of the client; by default
 * everything registered.
 *
 * @param audience the resource servers of the tokens
 */
record RequestedAccess(Scope scope, List<String> audience) {
  /**
   * Reads {@code scope} and {@code resource}.
   *
   * @param usualAudience the default for clients without registered resource servers
   * @throws OAuthException {@link OAuthError#INVALID_SCOPE} or {@link OAuthError#INVALID_TARGET}
   */
  static RequestedAccess of(Client client, Form request, String usualAudience) {
    Scope asked = AskedScope.in(request).orElse(client.scope());
    if (!asked.isWithin(client.scope())) {
      throw new OAuthException(
          OAuthError.INVALID_SCOPE, "The client is not registered for this scope.");
    }
    return new RequestedAccess(
        client.permitted(asked), AskedAudience.in(request, client, usualAudience));
  }
}

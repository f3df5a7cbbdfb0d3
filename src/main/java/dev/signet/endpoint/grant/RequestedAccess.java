package dev.signet.endpoint.grant;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Scope;
import dev.signet.domain.client.Client;
import dev.signet.web.body.Form;
import java.util.List;

/**
 * What a client asks for, within what it is registered for; by default all of it.
 *
 * @param audience the resource servers that tokens would be for
 */
record RequestedAccess(Scope scope, List<String> audience) {
  /**
   * Reads {@code scope} and {@code resource}.
   *
   * @param usualAudience of clients that are registered for none in particular
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

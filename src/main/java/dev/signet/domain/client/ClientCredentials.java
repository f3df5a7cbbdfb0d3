package dev.signet.domain.client;

import dev.signet.base.oauth.ClientAuthentication;

/**
 * The credentials that a request presents for a client.
 *
 * @param method the authentication method
 * @param secret the secret, or the signed assertion
 */
public record ClientCredentials(ClientAuthentication method, String clientId, String secret) {
  @Override
  public String toString() {
    return "ClientCredentials[" + clientId + "]";
  }
}

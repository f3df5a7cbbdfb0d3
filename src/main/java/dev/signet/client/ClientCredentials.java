package dev.signet.client;

import dev.signet.oauth.ClientAuthentication;

/**
 * What somebody shows to be taken for a client.
 *
 * @param method how it was shown
 * @param secret the secret, or the signed assertion
 */
public record ClientCredentials(ClientAuthentication method, String clientId, String secret) {
  @Override
  public String toString() {
    return "ClientCredentials[" + clientId + "]";
  }
}

package dev.signet.client;

import dev.signet.keys.OpaqueToken;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.time.Clock;

/**
 * Finds out which client somebody is (RFC 6749, section 2.3). Secrets are generated, with 256
 * random bits: a fast hash is as good as a slow one.
 */
@Shared
public class ClientAuthenticator {
  private final ClientDirectory directory;
  private final Clock clock;

  @Inject
  ClientAuthenticator(ClientDirectory directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Checks a client's credentials.
   *
   * @throws OAuthException {@link OAuthError#INVALID_CLIENT}: unknown, disabled, another secret,
   *     another method than the registered one
   */
  public Client authenticate(ClientCredentials shown) {
    String hash = new OpaqueToken(shown.secret()).hash();
    return directory
        .find(shown.clientId())
        .filter(client -> client.authentication() == shown.method())
        .filter(client -> client.secrets().include(hash, clock.instant()))
        .orElseThrow(
            () ->
                new OAuthException(
                    OAuthError.INVALID_CLIENT, "The client or its secret is not known."));
  }
}

package dev.signet.domain.session;

import dev.signet.base.oauth.Scope;
import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.client.Client;
import java.util.List;
import java.util.Optional;

/**
 * A request to exchange a refresh token.
 *
 * @param client the client that sends it; empty at Signet's own API
 * @param csrf the CSRF value of a session in cookies
 * @param scope the requested scope, if not all
 * @param audience the requested resource servers, if not all (RFC 8707, section 2.2)
 * @param dpopKey the thumbprint of the key of the DPoP proof (RFC 9449)
 */
public record Presented(
    String refreshToken,
    Optional<Client> client,
    Optional<String> csrf,
    Optional<Scope> scope,
    List<String> audience,
    Optional<String> dpopKey) {

  /** Makes a request of Signet's own API. */
  public static Presented firstParty(String refreshToken, Optional<String> csrf) {
    return new Presented(
        refreshToken, Optional.empty(), csrf, Optional.empty(), List.of(), Optional.empty());
  }

  /**
   * Returns a digest that identifies the sender: of the source, the user agent, and the DPoP key if
   * there is one.
   */
  String sender() {
    Origin origin = Origin.current();
    return new OpaqueToken(
            String.join(
                "\n",
                origin.source().map(Source::key).orElse(""),
                origin.userAgent(),
                dpopKey.orElse("")))
        .hash();
  }

  /** Whether the request proves possession of this key. */
  boolean has(String key) {
    return dpopKey.filter(key::equals).isPresent();
  }

  /** Returns the identifier of the client; empty at Signet's own API. */
  Optional<String> clientId() {
    return client.map(Client::id);
  }

  @Override
  public String toString() {
    return "Presented[" + clientId().orElse("") + "]";
  }
}

package dev.signet.token;

import dev.signet.client.Client;
import dev.signet.keys.OpaqueToken;
import dev.signet.oauth.Scope;
import dev.signet.origin.Origin;
import dev.signet.origin.Source;
import java.util.List;
import java.util.Optional;

/**
 * A refresh token, and what comes with it.
 *
 * @param client that presents it; empty at Signet's own API
 * @param csrf what a browser repeats when its tokens come by cookie
 * @param scope asked for, if less than all
 * @param audience asked for, if not all (RFC 8707, section 2.2)
 * @param dpopKey the thumbprint of the key that the request shows (RFC 9449)
 */
public record Presented(
    String refreshToken,
    Optional<Client> client,
    Optional<String> csrf,
    Optional<Scope> scope,
    List<String> audience,
    Optional<String> dpopKey) {

  /** At Signet's own API. */
  public static Presented firstParty(String refreshToken, Optional<String> csrf) {
    return new Presented(
        refreshToken, Optional.empty(), csrf, Optional.empty(), List.of(), Optional.empty());
  }

  /**
   * Returns a digest of what tells this sender from others: the source, the user agent, and the
   * DPoP key if the request shows one.
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

  /** Whether it comes with a key. */
  boolean has(String key) {
    return dpopKey.filter(key::equals).isPresent();
  }

  /** The identifier of the client; empty at Signet's own API. */
  Optional<String> clientId() {
    return client.map(Client::id);
  }

  @Override
  public String toString() {
    return "Presented[" + clientId().orElse("") + "]";
  }
}

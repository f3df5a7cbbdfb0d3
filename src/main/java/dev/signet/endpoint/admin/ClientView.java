package dev.signet.endpoint.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.client.ClientMetadata;
import dev.signet.domain.client.RegisteredClient;
import java.util.Optional;

/**
 * A client, as shown to administrators: its metadata, and when it was registered (RFC 7591, section
 * 3.2.1).
 *
 * @param clientSecret only if it was just generated
 * @param clientSecretExpiresAt 0 for never; only together with the secret
 * @param clientIdIssuedAt seconds since 1970
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClientView(
    @JsonUnwrapped ClientMetadata metadata,
    String clientSecret,
    Long clientSecretExpiresAt,
    long clientIdIssuedAt) {

  static ClientView of(RegisteredClient client, Optional<OpaqueToken> secret) {
    return new ClientView(
        client.metadata(),
        secret.map(OpaqueToken::value).orElse(null),
        secret.map(shown -> 0L).orElse(null),
        client.createdAt().getEpochSecond());
  }

  @Override
  public String toString() {
    return "ClientView[" + metadata.clientId() + "]";
  }
}

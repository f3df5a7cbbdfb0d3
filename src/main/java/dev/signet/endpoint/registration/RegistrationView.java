package dev.signet.endpoint.registration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.client.ClientMetadata;
import dev.signet.domain.client.Registration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A client, as shown to itself (RFC 7591, section 3.2.1; RFC 7592, section 3).
 *
 * @param clientSecret only if it was just generated, as Signet only stores its hash
 * @param clientSecretExpiresAt 0 for never; only together with the secret
 * @param clientIdIssuedAt seconds since 1970
 * @param registrationClientUri the URL for managing the registration
 * @param registrationAccessToken the access token for that URL
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "RegistrationView")
record RegistrationView(
    @JsonUnwrapped ClientMetadata metadata,
    String clientSecret,
    Long clientSecretExpiresAt,
    long clientIdIssuedAt,
    String registrationClientUri,
    String registrationAccessToken) {

  static RegistrationView of(Registration registration, String uri) {
    return new RegistrationView(
        registration.client().metadata(),
        registration.secret().map(OpaqueToken::value).orElse(null),
        registration.secret().map(shown -> 0L).orElse(null),
        registration.client().createdAt().getEpochSecond(),
        uri,
        registration.token().value());
  }

  @Override
  public String toString() {
    return "RegistrationView[" + metadata.clientId() + "]";
  }
}

package dev.signet.endpoint.registration;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.signet.domain.client.ClientMetadata;

/**
 * A registration request (RFC 7591, section 2; RFC 7592, section 2.2).
 *
 * @param clientSecret only in a change, where it must be the current secret
 */
record RegistrationRequest(@JsonUnwrapped ClientMetadata metadata, String clientSecret) {
  @Override
  public String toString() {
    return "RegistrationRequest[]";
  }
}

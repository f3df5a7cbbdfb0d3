package dev.signet.domain.code;

import dev.signet.base.oauth.Scope;
import java.util.List;

/**
 * The access that a device requests (RFC 8628, section 3.1).
 *
 * @param audience the resource servers of the tokens
 */
public record DeviceRequest(String clientId, Scope scope, List<String> audience) {
  public DeviceRequest {
    audience = List.copyOf(audience);
  }

  /** Returns a copy limited to the given scope. */
  public DeviceRequest narrowedTo(Scope less) {
    return new DeviceRequest(clientId, less, audience);
  }
}

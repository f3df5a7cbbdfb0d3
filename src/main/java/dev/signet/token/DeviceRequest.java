package dev.signet.token;

import dev.signet.oauth.Scope;
import java.util.List;

/**
 * What a device asks to be let in for (RFC 8628, section 3.1).
 *
 * @param audience the resource servers that its tokens would be for
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

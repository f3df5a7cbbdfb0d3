package dev.signet.endpoint.authorize;

import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.code.PushedRequests;
import dev.signet.web.body.Form;
import java.util.Optional;

/**
 * The response to a pushed authorization request (RFC 9126, section 2.2).
 *
 * @param expiresIn seconds
 */
record PushedRequest(String requestUri, long expiresIn) {
  private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

  static PushedRequest of(OpaqueToken reference) {
    return new PushedRequest(PREFIX + reference.value(), PushedRequests.LIFETIME.toSeconds());
  }

  /**
   * Returns the reference of an authorization request to a pushed request; empty if there is none,
   * or if the parameter is repeated.
   */
  static Optional<OpaqueToken> reference(Form request) {
    return Optional.of(request.texts("request_uri"))
        .filter(uris -> uris.size() == 1)
        .map(uris -> uris.get(0))
        .filter(uri -> uri.startsWith(PREFIX))
        .map(uri -> new OpaqueToken(uri.substring(PREFIX.length())));
  }

  @Override
  public String toString() {
    return "PushedRequest[]";
  }
}

package dev.signet.endpoint.authorize;

import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.code.PushedRequests;
import dev.signet.web.body.Form;
import java.util.Optional;

/**
 * What a client gets for a request that it has pushed (RFC 9126, section 2.2).
 *
 * @param expiresIn seconds
 */
record PushedRequest(String requestUri, long expiresIn) {
  private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

  static PushedRequest of(OpaqueToken reference) {
    return new PushedRequest(PREFIX + reference.value(), PushedRequests.LIFETIME.toSeconds());
  }

  /**
   * What an authorization request refers to, if it is to something that was pushed. Of two it is
   * neither: the parameter comes twice.
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

package dev.signet.endpoint.grant;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Scope;
import dev.signet.web.body.Form;
import java.util.Optional;

/** The parameter {@code scope} (RFC 6749, section 3.3). */
final class AskedScope {
  private AskedScope() {}

  /**
   * Reads the parameter; empty if it is absent.
   *
   * @throws OAuthException {@link OAuthError#INVALID_SCOPE} if it is malformed
   */
  static Optional<Scope> in(Form request) {
    try {
      return request.text("scope").map(Scope::parse);
    } catch (IllegalArgumentException e) {
      throw new OAuthException(OAuthError.INVALID_SCOPE, "The scope is malformed.");
    }
  }
}

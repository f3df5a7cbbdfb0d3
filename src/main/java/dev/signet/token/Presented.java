package dev.signet.token;

import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.oauth.Resources;
import dev.signet.oauth.Scope;
import java.util.List;
import java.util.Optional;

/**
 * A refresh token, and what comes with it.
 *
 * @param clientId who presents it; empty at Signet's own API
 * @param csrf what a browser repeats when its tokens come by cookie
 * @param scope asked for, if less than all
 * @param audience asked for, if not all (RFC 8707, section 2.2)
 * @param dpopKey the thumbprint of the key that the request shows (RFC 9449)
 */
public record Presented(
    String refreshToken,
    Optional<String> clientId,
    Optional<String> csrf,
    Optional<Scope> scope,
    List<String> audience,
    Optional<String> dpopKey) {

  /** At Signet's own API. */
  public static Presented firstParty(String refreshToken, Optional<String> csrf) {
    return new Presented(
        refreshToken, Optional.empty(), csrf, Optional.empty(), List.of(), Optional.empty());
  }

  /** Whether it comes with a key. */
  boolean has(String key) {
    return dpopKey.filter(key::equals).isPresent();
  }

  /**
   * Refuses whoever asks for more than was granted (RFC 6749, section 6).
   *
   * @throws OAuthException {@link OAuthError#INVALID_SCOPE} or {@link OAuthError#INVALID_TARGET}
   */
  void refuseMore(Granted granted) {
    if (scope.filter(asked -> !asked.isWithin(granted.scope())).isPresent()) {
      throw new OAuthException(
          OAuthError.INVALID_SCOPE, "The user has not granted all of this scope.");
    }
    if (Resources.pick(audience, granted.audience()).isEmpty()) {
      throw new OAuthException(
          OAuthError.INVALID_TARGET, "The user has not granted access to this resource.");
    }
  }

  @Override
  public String toString() {
    return "Presented[" + clientId.orElse("") + "]";
  }
}

package dev.signet.domain.session;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Resources;
import dev.signet.base.oauth.Scope;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientMetadata;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Limits a grant to the current registration of the client. A grant is a copy of the registration
 * at the time of the login, and administrators change registrations. Each token request applies
 * this policy before it changes anything: after a refusal, the refresh token or code is as valid as
 * before.
 */
@Shared
public class GrantPolicy {
  private final String defaultAudience;

  @Inject
  public GrantPolicy(TokenSettings settings) {
    defaultAudience = settings.audience();
  }

  /**
   * Returns the part of a grant that the current registration of the client allows.
   *
   * @throws OAuthException {@link OAuthError#INVALID_SCOPE} or {@link OAuthError#INVALID_TARGET} if
   *     nothing of the scope (RFC 6749, section 5.2) or of the audience (RFC 8707, section 2.2) is
   *     left; {@link OAuthError#INVALID_GRANT} if the client now requires a consent that the user
   *     was not asked for, or if the user would get a different {@code sub} (OpenID Connect Core
   *     1.0, section 12.2)
   */
  public Granted current(Client client, Granted granted) {
    if (granted.withoutConsent() && client.metadata().requireConsent()) {
      throw refusal("The client now requires the user's consent, which was not requested.");
    }
    granted.checkSubject(client, OAuthError.INVALID_GRANT);
    Scope scope = client.permitted(granted.scope());
    if (scope.names().isEmpty() && !granted.scope().names().isEmpty()) {
      throw withdrawnScope();
    }
    List<String> audience =
        Resources.common(granted.audience(), client.possibleAudience(defaultAudience));
    if (audience.isEmpty()) {
      throw new OAuthException(
          OAuthError.INVALID_TARGET,
          "The client is no longer registered for any resource that the user granted.");
    }
    return granted.narrowedTo(scope, audience);
  }

  /**
   * Returns the grant of a refresh request.
   *
   * @throws OAuthException as {@link #current}, also if the request exceeds the scope that the user
   *     granted (RFC 6749, section 6); {@link OAuthError#INVALID_GRANT} if the tokens of a public
   *     client must now be bound to a key, but its refresh token is not (RFC 9449, section 5)
   */
  Granted refreshed(Client client, Granted granted, Presented presented) {
    ClientMetadata metadata = client.metadata();
    if (metadata.isPublic() && metadata.dpopBoundAccessTokens() && granted.dpopKey().isEmpty()) {
      throw refusal("The client now requires refresh tokens that are bound to a DPoP key.");
    }
    Scope asked = presented.scope().orElse(granted.scope());
    if (!asked.isWithin(granted.scope())) {
      throw new OAuthException(
          OAuthError.INVALID_SCOPE, "The requested scope exceeds the scope that the user granted.");
    }
    Granted current = current(client, granted);
    Scope scope = asked.common(current.scope());
    if (scope.names().isEmpty() && !asked.names().isEmpty()) {
      throw withdrawnScope();
    }
    return current.narrowedTo(scope, current.audience()).forResources(presented.audience());
  }

  /**
   * Returns the allowed part of a grant, as {@link #current} does; empty instead of an exception.
   */
  Optional<Granted> find(Client client, Granted granted) {
    try {
      return Optional.of(current(client, granted));
    } catch (OAuthException e) {
      return Optional.empty();
    }
  }

  private static OAuthException withdrawnScope() {
    return new OAuthException(
        OAuthError.INVALID_SCOPE,
        "The client is no longer registered for any of the scope that the user granted.");
  }

  private static OAuthException refusal(String description) {
    return new OAuthException(OAuthError.INVALID_GRANT, description);
  }
}

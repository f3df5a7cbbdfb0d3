package dev.signet.endpoint.grant;

import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.Scope;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.client.Client;
import dev.signet.domain.token.TokenIssuer;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;

/**
 * The grant type {@code client_credentials} for clients that act for themselves (RFC 6749, section
 * 4.4). It issues no refresh token, as the client can request a new access token.
 */
@Shared
class ClientCredentialsGrant implements GrantHandler {
  @EJB private TokenIssuer issuer;
  private final String usualAudience;

  @Inject
  ClientCredentialsGrant(TokenSettings settings) {
    usualAudience = settings.audience();
  }

  @Override
  public GrantType type() {
    return GrantType.CLIENT_CREDENTIALS;
  }

  @Override
  public TokenResponse grant(TokenRequest request) {
    Client client = request.client();
    RequestedAccess wanted = RequestedAccess.of(client, request.form(), usualAudience);
    Scope scope = wanted.scope().without(Scope.OFFLINE);
    return TokenResponse.of(
        issuer.issue(client, scope, wanted.audience(), request.dpopKey()), scope);
  }
}

package dev.signet.grant;

import dev.signet.client.Client;
import dev.signet.oauth.GrantType;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.oauth.Scope;
import dev.signet.settings.TokenSettings;
import dev.signet.token.TokenIssuer;
import dev.signet.web.Form;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.util.List;

/** A client acts for itself (RFC 6749, section 4.4). No refresh token, as it can ask again. */
@Shared
class ClientCredentialsGrant implements GrantHandler {
  private final TokenIssuer issuer;
  private final String usualAudience;

  @Inject
  ClientCredentialsGrant(TokenIssuer issuer, TokenSettings settings) {
    this.issuer = issuer;
    usualAudience = settings.audience();
  }

  @Override
  public GrantType type() {
    return GrantType.CLIENT_CREDENTIALS;
  }

  @Override
  public TokenResponse grant(TokenRequest request) {
    Client client = request.client();
    Scope scope = scope(client, request.form());
    List<String> audience = AskedAudience.in(request.form(), client, usualAudience);
    return TokenResponse.of(issuer.issue(client, scope, audience, request.dpopKey()), scope);
  }

  private static Scope scope(Client client, Form request) {
    Scope asked = AskedScope.in(request).orElse(client.scope());
    if (!asked.isWithin(client.scope())) {
      throw new OAuthException(
          OAuthError.INVALID_SCOPE, "The client is not registered for this scope.");
    }
    return asked;
  }
}

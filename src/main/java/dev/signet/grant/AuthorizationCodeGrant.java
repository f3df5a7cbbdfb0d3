package dev.signet.grant;

import dev.signet.client.Client;
import dev.signet.oauth.GrantType;
import dev.signet.token.PresentedCode;
import dev.signet.token.TokenIssuer;
import dev.signet.web.Form;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.util.Optional;

/** A code from the authorization endpoint (RFC 6749, section 4.1.3). */
@Shared
class AuthorizationCodeGrant implements GrantHandler {
  private final TokenIssuer issuer;

  @Inject
  AuthorizationCodeGrant(TokenIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public GrantType type() {
    return GrantType.AUTHORIZATION_CODE;
  }

  @Override
  public TokenResponse grant(Client client, Form request) {
    return TokenResponse.of(
        issuer.redeem(
            client,
            new PresentedCode(
                request.required("code"),
                request.text("redirect_uri"),
                request.text("code_verifier"),
                request.texts("resource"),
                Optional.empty())));
  }
}

package dev.signet.endpoint.grant;

import dev.signet.base.oauth.GrantType;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.code.PresentedCode;
import dev.signet.domain.token.TokenIssuer;
import dev.signet.web.body.Form;
import jakarta.ejb.EJB;

/** The grant type {@code authorization_code} (RFC 6749, section 4.1.3). */
@Shared
class AuthorizationCodeGrant implements GrantHandler {
  @EJB private TokenIssuer issuer;

  @Override
  public GrantType type() {
    return GrantType.AUTHORIZATION_CODE;
  }

  @Override
  public TokenResponse grant(TokenRequest request) {
    Form form = request.form();
    return TokenResponse.of(
        issuer.redeem(
            request.client(),
            new PresentedCode(
                form.required("code"),
                form.text("redirect_uri"),
                form.text("code_verifier"),
                form.texts("resource"),
                request.dpopKey())));
  }
}

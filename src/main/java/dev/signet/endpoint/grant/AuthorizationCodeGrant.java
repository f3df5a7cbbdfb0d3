package dev.signet.endpoint.grant;

import dev.signet.base.oauth.GrantType;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.client.Client;
import dev.signet.domain.code.AuthorizationCodes;
import dev.signet.domain.code.PresentedCode;
import dev.signet.domain.code.Redemption;
import dev.signet.domain.session.OpenSession;
import dev.signet.domain.token.TokenIssuer;
import dev.signet.web.body.Form;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;

/** The grant type {@code authorization_code} (RFC 6749, section 4.1.3). */
@Shared
class AuthorizationCodeGrant implements GrantHandler {
  @EJB private AuthorizationCodes codes;
  @EJB private TokenIssuer issuer;
  @Inject private Presentation presentation;

  @Override
  public GrantType type() {
    return GrantType.AUTHORIZATION_CODE;
  }

  @Override
  public TokenResponse grant(TokenRequest request) {
    Client client = request.client();
    Form form = request.form();
    PresentedCode presented =
        new PresentedCode(
            form.required("code"),
            form.text("redirect_uri"),
            form.text("code_verifier"),
            form.texts("resource"),
            request.dpopKey());
    presentation.admit();
    Redemption redemption = codes.redeem(client, presented);
    OpenSession session =
        presentation.settle(client, redemption.event(), redemption.session(), redemption.isGuess());
    return TokenResponse.of(issuer.issue(client, session, request.dpopKey(), type()));
  }
}

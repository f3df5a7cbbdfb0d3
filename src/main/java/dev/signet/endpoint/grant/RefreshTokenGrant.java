package dev.signet.endpoint.grant;

import dev.signet.base.oauth.GrantType;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.client.Client;
import dev.signet.domain.session.OpenSession;
import dev.signet.domain.session.Presented;
import dev.signet.domain.session.RefreshFamilies;
import dev.signet.domain.session.Rotation;
import dev.signet.domain.token.TokenIssuer;
import dev.signet.web.body.Form;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.util.Optional;

/** The grant type {@code refresh_token} (RFC 6749, section 6). */
@Shared
class RefreshTokenGrant implements GrantHandler {
  @EJB private RefreshFamilies families;
  @EJB private TokenIssuer issuer;
  @Inject private Presentation presentation;

  @Override
  public GrantType type() {
    return GrantType.REFRESH_TOKEN;
  }

  @Override
  public TokenResponse grant(TokenRequest request) {
    Client client = request.client();
    Form form = request.form();
    Presented presented =
        new Presented(
            form.required("refresh_token"),
            Optional.of(client),
            Optional.empty(),
            AskedScope.in(form),
            form.texts("resource"),
            request.dpopKey());
    presentation.admit();
    Rotation rotation = families.rotate(presented);
    OpenSession session =
        presentation.settle(client, rotation.event(), rotation.session(), rotation.isGuess());
    return TokenResponse.of(issuer.issue(client, session, request.dpopKey(), type()));
  }
}

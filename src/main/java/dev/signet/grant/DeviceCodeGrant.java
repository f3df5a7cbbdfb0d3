package dev.signet.grant;

import dev.signet.client.Client;
import dev.signet.oauth.GrantType;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.token.DeviceCodes;
import dev.signet.token.DevicePoll;
import dev.signet.token.OpenSession;
import dev.signet.token.TokenIssuer;
import dev.signet.wiring.Shared;
import jakarta.ejb.EJB;

/** A device asks whether somebody has let it in (RFC 8628, section 3.4). */
@Shared
class DeviceCodeGrant implements GrantHandler {
  @EJB private DeviceCodes codes;
  @EJB private TokenIssuer issuer;

  @Override
  public GrantType type() {
    return GrantType.DEVICE_CODE;
  }

  @Override
  public TokenResponse grant(TokenRequest request) {
    Client client = request.client();
    DevicePoll poll = codes.poll(client, request.form().required("device_code"), request.dpopKey());
    OpenSession session = poll.session().orElseThrow(() -> refusal(poll.refusal().orElseThrow()));
    return TokenResponse.of(
        issuer.issue(client, session, request.dpopKey(), GrantType.DEVICE_CODE));
  }

  private static OAuthException refusal(OAuthError error) {
    return new OAuthException(
        error,
        switch (error) {
          case AUTHORIZATION_PENDING -> "Nobody has decided yet.";
          case SLOW_DOWN -> "Wait five seconds longer between two requests.";
          case ACCESS_DENIED -> "Somebody has decided not to let the device in.";
          case EXPIRED_TOKEN -> "Nobody has decided in time.";
          default -> "The device code is not valid, or was used.";
        });
  }
}

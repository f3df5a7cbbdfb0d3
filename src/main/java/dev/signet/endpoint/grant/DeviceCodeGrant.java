package dev.signet.endpoint.grant;

import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.client.Client;
import dev.signet.domain.code.DeviceCodes;
import dev.signet.domain.code.DevicePoll;
import dev.signet.domain.session.OpenSession;
import dev.signet.domain.token.TokenIssuer;
import dev.signet.web.body.Form;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;

/**
 * The grant type for devices, which poll for the user's decision (RFC 8628, section 3.4). A device
 * code that was never issued to the public client counts as a guess; a poll with an issued code
 * does not.
 */
@Shared
class DeviceCodeGrant implements GrantHandler {
  @EJB private DeviceCodes codes;
  @EJB private TokenIssuer issuer;
  @Inject private Presentation presentation;
  @Inject private AuditLog audit;

  @Override
  public GrantType type() {
    return GrantType.DEVICE_CODE;
  }

  @Override
  public TokenResponse grant(TokenRequest request) {
    Client client = request.client();
    Form form = request.form();
    DevicePoll poll =
        codes.poll(client, form.required("device_code"), form.texts("resource"), request.dpopKey());
    if (poll.isGuess()) {
      audit.record(
          SecurityEvent.of(EventType.CODE_REFUSED, Reason.UNKNOWN_CODE).client(client.id()));
    }
    presentation.count(client, poll.isGuess());
    OpenSession session = poll.session().orElseThrow(() -> refusal(poll.refusal().orElseThrow()));
    audit.record(
        SecurityEvent.of(EventType.TOKEN_ISSUED)
            .subject(session.user().id())
            .client(client.id())
            .detail("session " + session.id()));
    return TokenResponse.of(issuer.issue(client, session, request.dpopKey(), type()));
  }

  private static OAuthException refusal(OAuthError error) {
    return new OAuthException(
        error,
        switch (error) {
          case AUTHORIZATION_PENDING -> "The user has not decided yet.";
          case SLOW_DOWN -> "Increase the interval between requests by five seconds.";
          case ACCESS_DENIED -> "The user denied access to the device.";
          case EXPIRED_TOKEN -> "The device code has expired.";
          default -> "The device code is invalid or was already used.";
        });
  }
}

package dev.signet.domain.code;

import dev.signet.base.oauth.OAuthError;
import dev.signet.domain.session.OpenSession;
import java.util.Optional;

/**
 * The result of a poll: a refusal or a session.
 *
 * @param isGuess whether the code was never issued to a device of this client
 */
public record DevicePoll(
    Optional<OAuthError> refusal, Optional<OpenSession> session, boolean isGuess) {

  static DevicePoll unknown() {
    return new DevicePoll(Optional.of(OAuthError.INVALID_GRANT), Optional.empty(), true);
  }

  static DevicePoll refused(OAuthError error) {
    return new DevicePoll(Optional.of(error), Optional.empty(), false);
  }

  static DevicePoll approved(OpenSession session) {
    return new DevicePoll(Optional.empty(), Optional.of(session), false);
  }
}

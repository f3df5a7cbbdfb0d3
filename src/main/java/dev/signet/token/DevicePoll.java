package dev.signet.token;

import dev.signet.audit.Reason;
import dev.signet.keys.OpaqueToken;
import dev.signet.oauth.OAuthError;
import java.util.Optional;

/**
 * The answer to a poll of a device: a refusal or a session.
 *
 * @param unknown why no device of the client has the code, if none has
 */
public record DevicePoll(
    Optional<OAuthError> refusal, Optional<OpenSession> session, Optional<Reason> unknown) {

  static DevicePoll unknown(OpaqueToken presented) {
    Reason reason = presented.hasForm() ? Reason.UNKNOWN_CODE : Reason.MALFORMED;
    return new DevicePoll(
        Optional.of(OAuthError.INVALID_GRANT), Optional.empty(), Optional.of(reason));
  }

  /**
   * Whether the code was guessed. Any other code was valid once, also one that has been deleted.
   */
  public boolean isGuess() {
    return unknown.equals(Optional.of(Reason.MALFORMED));
  }

  static DevicePoll refused(OAuthError error) {
    return new DevicePoll(Optional.of(error), Optional.empty(), Optional.empty());
  }

  static DevicePoll approved(OpenSession session) {
    return new DevicePoll(Optional.empty(), Optional.of(session), Optional.empty());
  }
}

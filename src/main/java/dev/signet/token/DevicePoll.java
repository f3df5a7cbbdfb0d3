package dev.signet.token;

import dev.signet.oauth.OAuthError;
import java.util.Optional;

/** What a device learns when it asks whether somebody has let it in: one of the two. */
public record DevicePoll(Optional<OAuthError> refusal, Optional<Approval> approval) {
  /**
   * Somebody has.
   *
   * @param browserId the session of single sign-on in which it was done
   */
  public record Approval(String userId, Granted granted, Optional<String> browserId) {}

  static DevicePoll refused(OAuthError error) {
    return new DevicePoll(Optional.of(error), Optional.empty());
  }

  static DevicePoll approved(Approval approval) {
    return new DevicePoll(Optional.empty(), Optional.of(approval));
  }
}

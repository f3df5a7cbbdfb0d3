package dev.signet.token;

import dev.signet.oauth.OAuthError;
import java.util.Optional;

/** What a device learns when it asks whether somebody has let it in: one of the two. */
public record DevicePoll(Optional<OAuthError> refusal, Optional<OpenSession> session) {

  static DevicePoll refused(OAuthError error) {
    return new DevicePoll(Optional.of(error), Optional.empty());
  }

  static DevicePoll approved(OpenSession session) {
    return new DevicePoll(Optional.empty(), Optional.of(session));
  }
}

package dev.signet.token;

import dev.signet.audit.EventType;
import dev.signet.audit.Reason;
import dev.signet.audit.SecurityEvent;
import java.util.Optional;

/**
 * What became of an authorization code that was presented.
 *
 * @param session that it gave; empty if it was refused
 */
public record Redemption(SecurityEvent event, Optional<OpenSession> session) {
  static Redemption done(OpenSession session) {
    return new Redemption(
        SecurityEvent.of(EventType.CODE_REDEEMED)
            .subject(session.user().id())
            .detail("session " + session.id()),
        Optional.of(session));
  }

  static Redemption refused(Reason reason) {
    return new Redemption(SecurityEvent.of(EventType.CODE_REFUSED, reason), Optional.empty());
  }

  /** The code was used before, and what it gave was ended. */
  static Redemption replayed(AuthorizationCode code) {
    return new Redemption(
        SecurityEvent.of(EventType.CODE_REPLAYED).subject(code.userId()), Optional.empty());
  }

  @Override
  public String toString() {
    return "Redemption[" + event.type() + "]";
  }
}

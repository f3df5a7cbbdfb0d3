package dev.signet.token;

import dev.signet.audit.EventType;
import dev.signet.audit.Reason;
import dev.signet.audit.SecurityEvent;
import java.util.Optional;

/**
 * What became of an authorization code that was presented.
 *
 * @param session that it gave; empty if it was refused
 * @param isGuess whether the code cannot have been issued, or its verifier was wrong; a code that
 *     has expired, was used or has been deleted was right once, and one that is refused for its
 *     client, redirect URI or key is right
 */
public record Redemption(SecurityEvent event, Optional<OpenSession> session, boolean isGuess) {
  static Redemption done(OpenSession session) {
    return new Redemption(
        SecurityEvent.of(EventType.CODE_REDEEMED)
            .subject(session.user().id())
            .detail("session " + session.id()),
        Optional.of(session),
        false);
  }

  static Redemption refused(Reason reason) {
    return new Redemption(
        SecurityEvent.of(EventType.CODE_REFUSED, reason),
        Optional.empty(),
        reason == Reason.MALFORMED);
  }

  static Redemption mismatch(boolean isGuess) {
    return new Redemption(
        SecurityEvent.of(EventType.CODE_REFUSED, Reason.MISMATCH), Optional.empty(), isGuess);
  }

  /** The code was used before, and what it gave was ended. */
  static Redemption replayed(AuthorizationCode code) {
    return new Redemption(
        SecurityEvent.of(EventType.CODE_REPLAYED).subject(code.userId()), Optional.empty(), false);
  }

  @Override
  public String toString() {
    return "Redemption[" + event.type() + "]";
  }
}

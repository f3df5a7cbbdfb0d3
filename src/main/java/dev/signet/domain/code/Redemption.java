package dev.signet.domain.code;

import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.session.OpenSession;
import java.util.Optional;

/**
 * The result of redeeming an authorization code.
 *
 * @param session the new session; empty if the code was refused
 * @param isGuess whether the code or its verifier was wrong; an expired or used code, or one with a
 *     mismatch of redirect URI or key, is no guess
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
        reason == Reason.UNKNOWN_CODE);
  }

  static Redemption mismatch(boolean isGuess) {
    return new Redemption(
        SecurityEvent.of(EventType.CODE_REFUSED, Reason.MISMATCH), Optional.empty(), isGuess);
  }

  /** The code was already used, and the session that it gave was ended. */
  static Redemption replayed(AuthorizationCode code) {
    return new Redemption(
        SecurityEvent.of(EventType.CODE_REPLAYED).subject(code.userId()), Optional.empty(), false);
  }

  @Override
  public String toString() {
    return "Redemption[" + event.type() + "]";
  }
}

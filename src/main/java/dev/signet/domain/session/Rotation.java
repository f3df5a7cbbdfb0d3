package dev.signet.domain.session;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import java.util.Optional;

/**
 * The result of presenting a refresh token.
 *
 * @param session the session with its next token; empty if the token was refused
 */
public record Rotation(SecurityEvent event, Optional<OpenSession> session) {

  static Rotation done(EventType type, OpenSession session) {
    return new Rotation(
        about(SecurityEvent.of(type), session.user().id(), session.id()), Optional.of(session));
  }

  /** The token belongs to no session, or to one of another client. */
  static Rotation unknown(OpaqueToken presented) {
    Reason reason = presented.hasForm() ? Reason.UNKNOWN_TOKEN : Reason.MALFORMED;
    return new Rotation(SecurityEvent.of(EventType.REFRESH_FAILED, reason), Optional.empty());
  }

  static Rotation refused(Reason reason, RefreshFamily family) {
    return refused(SecurityEvent.of(EventType.REFRESH_FAILED, reason), family);
  }

  /** The token was already used, and its session was ended. */
  static Rotation reused(RefreshFamily family) {
    return refused(SecurityEvent.of(EventType.REFRESH_REUSED), family);
  }

  private static Rotation refused(SecurityEvent event, RefreshFamily family) {
    return new Rotation(about(event, family.userId(), family.id()), Optional.empty());
  }

  private static SecurityEvent about(SecurityEvent event, String userId, String sessionId) {
    return event.subject(userId).detail("session " + sessionId);
  }

  /** Whether the token was guessed: any other was valid once, also one that has been deleted. */
  public boolean isGuess() {
    return event.reason().equals(Optional.of(Reason.MALFORMED));
  }

  /** Returns one message for every failure, so that a stolen token reveals nothing. */
  public Refusal refusal() {
    return event.reason().equals(Optional.of(Reason.CSRF))
        ? new Refusal(
            Problem.CSRF, "Repeat the value of the CSRF cookie in the header X-CSRF-Token.")
        : new Refusal(Problem.INVALID_REFRESH_TOKEN, "The refresh token is invalid. Log in again.");
  }

  @Override
  public String toString() {
    return "Rotation[" + event.type() + "]";
  }
}

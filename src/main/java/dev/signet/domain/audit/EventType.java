package dev.signet.domain.audit;

import static dev.signet.domain.audit.Outcome.FAILURE;
import static dev.signet.domain.audit.Outcome.SUCCESS;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happens that somebody may ask about later. */
public enum EventType {
  REGISTERED(SUCCESS),
  LOGGED_IN(SUCCESS),
  LOGIN_FAILED(FAILURE),
  LOGGED_OUT(SUCCESS),
  REFRESHED(SUCCESS),
  REFRESH_FAILED(FAILURE),
  /** A retired refresh token came again, and its session was ended. */
  REFRESH_REUSED(FAILURE),
  /** A retired refresh token came again within the grace. */
  REFRESH_REPEATED(SUCCESS),
  /** A client has got an authorization code for a user. */
  CODE_ISSUED(SUCCESS),
  CODE_REDEEMED(SUCCESS),
  CODE_REFUSED(FAILURE),
  /** An authorization code came again, and what it gave was ended. */
  CODE_REPLAYED(FAILURE),
  PASSWORD_CHANGED(SUCCESS),
  PASSWORD_CHANGE_FAILED(FAILURE),
  USER_CHANGED(SUCCESS),
  ROLES_CHANGED(SUCCESS),
  USER_ENABLED(SUCCESS),
  USER_DISABLED(SUCCESS),
  USER_DELETED(SUCCESS),
  /** A client could not be told that a session has ended. */
  LOGOUT_NOT_TOLD(FAILURE),
  /** By its owner, who is logged in elsewhere. */
  SESSION_ENDED(SUCCESS),
  /** By an administrator. */
  SESSION_REVOKED(SUCCESS),
  USER_REVOKED(SUCCESS),
  TOKEN_REVOKED(SUCCESS),
  SOURCE_BLOCKED(SUCCESS),
  SOURCE_UNBLOCKED(SUCCESS),
  /** Too many failures: for a while, only who is known gets into the account. */
  ACCOUNT_LOCKED(SUCCESS),
  RATE_LIMITED(FAILURE),
  CLIENT_REGISTERED(SUCCESS),
  CLIENT_CHANGED(SUCCESS),
  CLIENT_SECRET_REPLACED(SUCCESS),
  CLIENT_DELETED(SUCCESS),
  /** A user has agreed that a client may do something. */
  CONSENT_GIVEN(SUCCESS),
  CONSENT_DENIED(FAILURE),
  CONSENT_WITHDRAWN(SUCCESS),
  /** Client authentication failed. */
  CLIENT_REFUSED(FAILURE),
  /** A wrong secret was presented for the metrics. */
  METRICS_REFUSED(FAILURE),
  /** To a client that acts for itself, or for a user without a code. */
  TOKEN_ISSUED(SUCCESS),
  /** A client goes on in the name of whoever has called it. */
  TOKEN_EXCHANGED(SUCCESS),
  /** All clients and users, to an administrator. */
  EXPORTED(SUCCESS),
  KEY_ROTATED(SUCCESS),
  STARTED(SUCCESS),
  CONFIGURATION_REFUSED(FAILURE),
  /** More happened than could be stored; the log has it all. */
  AUDIT_GAP(FAILURE);

  private final Outcome outcome;

  EventType(Outcome outcome) {
    this.outcome = outcome;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** The one that has this name in records, if there is one. */
  static Optional<EventType> named(String slug) {
    return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
  }

  /** Its name in records: lower case, with underscores. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }
}

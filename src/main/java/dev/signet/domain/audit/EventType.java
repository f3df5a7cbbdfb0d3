package dev.signet.domain.audit;

import static dev.signet.domain.audit.Outcome.FAILURE;
import static dev.signet.domain.audit.Outcome.SUCCESS;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The types of security events. */
public enum EventType {
  REGISTERED(SUCCESS),
  LOGGED_IN(SUCCESS),
  LOGIN_FAILED(FAILURE),
  LOGGED_OUT(SUCCESS),
  REFRESHED(SUCCESS),
  REFRESH_FAILED(FAILURE),
  /** A retired refresh token was used again, and its session was ended. */
  REFRESH_REUSED(FAILURE),
  /** A retired refresh token was used again within the grace period. */
  REFRESH_REPEATED(SUCCESS),
  /** An authorization code was issued to a client. */
  CODE_ISSUED(SUCCESS),
  CODE_REDEEMED(SUCCESS),
  CODE_REFUSED(FAILURE),
  /** An authorization code was replayed, and the session that it gave was ended. */
  CODE_REPLAYED(FAILURE),
  PASSWORD_CHANGED(SUCCESS),
  PASSWORD_CHANGE_FAILED(FAILURE),
  USER_CHANGED(SUCCESS),
  ROLES_CHANGED(SUCCESS),
  USER_ENABLED(SUCCESS),
  USER_DISABLED(SUCCESS),
  USER_DELETED(SUCCESS),
  /** A client could not be notified that a session has ended. */
  LOGOUT_NOT_TOLD(FAILURE),
  /** A user ended a session from a different session. */
  SESSION_ENDED(SUCCESS),
  /** An administrator ended a session. */
  SESSION_REVOKED(SUCCESS),
  USER_REVOKED(SUCCESS),
  TOKEN_REVOKED(SUCCESS),
  SOURCE_BLOCKED(SUCCESS),
  SOURCE_UNBLOCKED(SUCCESS),
  /** Too many failures: for a while, only known sources can log in to the account. */
  ACCOUNT_LOCKED(SUCCESS),
  RATE_LIMITED(FAILURE),
  CLIENT_REGISTERED(SUCCESS),
  CLIENT_CHANGED(SUCCESS),
  CLIENT_SECRET_REPLACED(SUCCESS),
  CLIENT_DELETED(SUCCESS),
  /** A user consented to a client. */
  CONSENT_GIVEN(SUCCESS),
  CONSENT_DENIED(FAILURE),
  CONSENT_WITHDRAWN(SUCCESS),
  /** Client authentication failed. */
  CLIENT_REFUSED(FAILURE),
  /** A wrong secret was presented for the metrics. */
  METRICS_REFUSED(FAILURE),
  /** A token was issued to a client that acts for itself, or for a user without a code. */
  TOKEN_ISSUED(SUCCESS),
  /** A client exchanged the token of its caller. */
  TOKEN_EXCHANGED(SUCCESS),
  /** An administrator exported all clients and users. */
  EXPORTED(SUCCESS),
  KEY_ROTATED(SUCCESS),
  STARTED(SUCCESS),
  CONFIGURATION_REFUSED(FAILURE),
  /** Some events could not be stored; the log has all of them. */
  AUDIT_GAP(FAILURE);

  private final Outcome outcome;

  EventType(Outcome outcome) {
    this.outcome = outcome;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** Returns the type with this name in records, if there is one. */
  static Optional<EventType> named(String slug) {
    return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
  }

  /** Returns the name in records: lower case, with underscores. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }
}

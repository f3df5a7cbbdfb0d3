package dev.signet.endpoint.grant;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.client.Client;
import dev.signet.domain.guard.Guard;
import dev.signet.domain.session.OpenSession;
import jakarta.inject.Inject;
import java.util.Optional;

/** What follows when a client presents a code or a token: record it, and count a guess. */
@Shared
class Presentation {
  private final Guard guard;
  private final AuditLog audit;

  @Inject
  Presentation(Guard guard, AuditLog audit) {
    this.guard = guard;
    this.audit = audit;
  }

  /**
   * Refuses whoever guesses.
   *
   * @throws Refusal {@link Problem#BLOCKED}
   */
  void admit() {
    guard.admit();
  }

  /**
   * Returns the session that a code or token gave.
   *
   * @throws OAuthException {@link OAuthError#INVALID_GRANT} if it gave none
   */
  OpenSession settle(
      Client client, SecurityEvent event, Optional<OpenSession> session, boolean isGuess) {
    audit.record(event.client(client.id()));
    count(client, isGuess);
    return session.orElseThrow(
        () ->
            new OAuthException(
                OAuthError.INVALID_GRANT,
                "The code or token is invalid: unknown, expired, already used, or not meant"
                    + " for this request."));
  }

  /**
   * Counts a guess of a public client. An authenticated client forwards codes and tokens from
   * browsers, which must not be able to get the client blocked.
   */
  void count(Client client, boolean isGuess) {
    if (isGuess && client.metadata().isPublic()) {
      guard.failed();
    }
  }
}

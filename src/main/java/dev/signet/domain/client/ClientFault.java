package dev.signet.domain.client;

import static dev.signet.domain.audit.EventType.CLIENT_REFUSED;

import dev.signet.base.oauth.ClientAuthentication;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import java.util.Optional;

/**
 * The reason why client authentication failed. The description gives details only to a caller with
 * a correct secret or signature.
 *
 * @param isGuess whether it counts as a failed attempt: the secret or the signature was wrong
 * @param detail for the audit log
 * @param description {@code error_description} (RFC 6749, section 5.2)
 */
record ClientFault(Reason reason, boolean isGuess, Optional<String> detail, String description) {
  private static final String FAILED = "Client authentication failed.";
  private static final String BY_ASSERTION =
      "Client authentication failed: the client is unknown, or the assertion is not"
          + " signed with a key registered for it.";

  static final ClientFault WRONG_SECRET = of(Reason.WRONG_SECRET, true, FAILED);

  static final ClientFault WRONG_SIGNATURE = of(Reason.WRONG_SECRET, true, BY_ASSERTION);

  /** The signature cannot be verified, so it does not count as wrong. */
  static final ClientFault UNKNOWN_KEY = of(Reason.UNKNOWN_KEY, false, BY_ASSERTION);

  static final ClientFault KEYS_UNAVAILABLE =
      of(
          Reason.KEYS_UNAVAILABLE,
          false,
          "The jwks_uri of the client cannot be fetched. Try again shortly.");

  static final ClientFault DISABLED = of(Reason.DISABLED, false, "The client is disabled.");

  /** An identifier without a secret is no failed attempt: only a secret can be guessed. */
  static ClientFault unknownClient(ClientAuthentication shown) {
    return switch (shown) {
      case NONE -> withoutSecret(Reason.UNKNOWN_CLIENT);
      case PRIVATE_KEY_JWT -> of(Reason.UNKNOWN_CLIENT, false, BY_ASSERTION);
      default -> of(Reason.UNKNOWN_CLIENT, true, FAILED);
    };
  }

  /** The request has only an identifier, which is not that of an enabled public client. */
  static ClientFault withoutSecret(Reason reason) {
    return of(
        reason,
        false,
        "Client authentication failed: the client is unknown, or a client_id alone"
            + " does not authenticate it.");
  }

  /** The secret is correct, or the client has none. */
  static ClientFault wrongMethod(ClientAuthentication shown, ClientAuthentication registered) {
    return new ClientFault(
        Reason.WRONG_METHOD,
        false,
        Optional.of(shown.text() + " instead of " + registered.text()),
        "The client authenticated with "
            + shown.text()
            + ", but its token_endpoint_auth_method is "
            + registered.text()
            + ".");
  }

  /**
   * The signature is correct, but a claim is invalid.
   *
   * @param claim a sentence about the claim
   */
  static ClientFault refusedClaim(String claim) {
    return new ClientFault(
        Reason.INVALID_ASSERTION,
        false,
        Optional.of(claim),
        "The client assertion is refused: " + claim + ".");
  }

  private static ClientFault of(Reason reason, boolean isGuess, String description) {
    return new ClientFault(reason, isGuess, Optional.empty(), description);
  }

  /** Returns the audit event for a registered client. */
  SecurityEvent event(String clientId) {
    return event().client(clientId);
  }

  /** Returns the audit event without the identifier, which may be a secret in the wrong field. */
  SecurityEvent event() {
    SecurityEvent event = SecurityEvent.of(CLIENT_REFUSED, reason);
    return detail.map(event::detail).orElse(event);
  }

  /** Returns the exception for the caller. */
  RuntimeException refusal() {
    return reason == Reason.KEYS_UNAVAILABLE
        ? Refusal.retryAfter(Problem.OVERLOADED, description, RemoteKeys.PAUSE)
        : new OAuthException(OAuthError.INVALID_CLIENT, description);
  }
}

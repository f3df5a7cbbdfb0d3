package dev.signet.client;

import static dev.signet.audit.EventType.CLIENT_REFUSED;
import static dev.signet.audit.Reason.UNKNOWN_CLIENT;
import static dev.signet.audit.Reason.WRONG_SECRET;

import dev.signet.audit.AuditLog;
import dev.signet.audit.SecurityEvent;
import dev.signet.guard.Guard;
import dev.signet.keys.ClientAssertion;
import dev.signet.keys.ClientKeys;
import dev.signet.keys.InvalidToken;
import dev.signet.keys.OpaqueToken;
import dev.signet.oauth.ClientAuthentication;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.settings.TokenSettings;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which client somebody is (RFC 6749, section 2.3; RFC 7523, section 3). Secrets are
 * generated, with 256 random bits: a fast hash is as good as a slow one.
 */
@Shared
public class ClientAuthenticator {
  private final ClientDirectory directory;
  private final UsedProofs used;
  private final RemoteKeys remoteKeys;
  private final Guard guard;
  private final AuditLog audit;
  private final Clock clock;
  private final Duration skew;
  private final Set<String> audiences;

  @Inject
  ClientAuthenticator(
      ClientDirectory directory,
      UsedProofs used,
      RemoteKeys remoteKeys,
      Guard guard,
      AuditLog audit,
      TokenSettings settings,
      Clock clock) {
    this.directory = directory;
    this.used = used;
    this.remoteKeys = remoteKeys;
    this.guard = guard;
    this.audit = audit;
    this.clock = clock;
    skew = settings.skew();
    // RFC 7523 has the token endpoint's address; its successor, the issuer only; RFC 9126, all
    // three.
    audiences =
        Set.of(
            settings.issuer(),
            settings.issuer() + "/oauth2/token",
            settings.issuer() + "/oauth2/par");
  }

  /**
   * Checks a client's credentials.
   *
   * @throws OAuthException {@link OAuthError#INVALID_CLIENT}: unknown, disabled, another secret or
   *     key, another method than the registered one
   * @throws Refusal {@link Problem#BLOCKED}
   */
  public Client authenticate(ClientCredentials shown) {
    guard.admit();
    Optional<Client> found = directory.find(shown.clientId());
    try {
      Client client = found.orElseThrow(ClientAuthenticator::unknown);
      check(client, shown);
      return client;
    } catch (OAuthException e) {
      guard.failed();
      // What is no client's identifier may be a secret in the wrong field.
      audit.record(
          found
              .map(client -> SecurityEvent.of(CLIENT_REFUSED, WRONG_SECRET).client(client.id()))
              .orElse(SecurityEvent.of(CLIENT_REFUSED, UNKNOWN_CLIENT)));
      throw e;
    }
  }

  private void check(Client client, ClientCredentials shown) {
    if (client.authentication() != shown.method()) {
      throw unknown();
    }
    if (shown.method() == ClientAuthentication.PRIVATE_KEY_JWT) {
      use(client, shown.secret());
    } else if (shown.method() != ClientAuthentication.NONE
        && !client.secrets().include(hash(shown.secret()), clock.instant())) {
      throw unknown();
    }
  }

  private void use(Client client, String text) {
    try {
      ClientAssertion assertion = ClientAssertion.parse(text);
      if (!assertion.clientId().equals(client.id())) {
        throw unknown();
      }
      ClientKeys keys =
          client
              .keys()
              .or(() -> remoteKeys.find(client.metadata().jwksUri(), assertion.keyId()))
              .orElseThrow(ClientAuthenticator::unknown);
      assertion.verify(keys, audiences, clock.instant(), skew);
      used.use(assertion, skew);
    } catch (InvalidToken e) {
      throw unknown();
    }
  }

  private static String hash(String secret) {
    return new OpaqueToken(secret).hash();
  }

  private static OAuthException unknown() {
    return new OAuthException(
        OAuthError.INVALID_CLIENT, "The client, its secret or its assertion is not known.");
  }
}

package dev.signet.domain.client;

import dev.signet.base.oauth.ClientAuthentication;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.guard.Guard;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/**
 * Authenticates clients (RFC 6749, section 2.3; RFC 7523, section 3). Secrets are generated with
 * 256 random bits, so a fast hash is sufficient. Only a wrong secret or signature counts as a
 * failed attempt; a correct one that is refused for a different reason does not.
 */
@Shared
public class ClientAuthenticator {
  private final ClientDirectory directory;
  private final ClientAssertions assertions;
  private final Guard guard;
  private final AuditLog audit;
  private final Clock clock;

  @Inject
  ClientAuthenticator(
      ClientDirectory directory,
      ClientAssertions assertions,
      Guard guard,
      AuditLog audit,
      Clock clock) {
    this.directory = directory;
    this.assertions = assertions;
    this.guard = guard;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Checks a client's credentials.
   *
   * @throws OAuthException {@link OAuthError#INVALID_CLIENT} if the client is unknown or disabled,
   *     the secret or key is wrong, or the method is not the registered one
   * @throws Refusal {@link Problem#BLOCKED}, or {@link Problem#OVERLOADED} while the keys of the
   *     client cannot be fetched
   */
  public Client authenticate(ClientCredentials shown) {
    guard.admit();
    Optional<Client> found = directory.findDisabledToo(shown.clientId());
    Optional<ClientFault> fault = fault(found, shown);
    if (fault.filter(ClientFault::isGuess).isPresent()) {
      // Another node may have just replaced the secret or the key.
      found = directory.findAnew(shown.clientId());
      fault = fault(found, shown);
    }
    if (fault.isPresent()) {
      throw refusal(fault.get(), found);
    }
    return found.orElseThrow();
  }

  private RuntimeException refusal(ClientFault fault, Optional<Client> client) {
    if (fault.isGuess()) {
      guard.failed();
    }
    audit.record(client.map(known -> fault.event(known.id())).orElseGet(fault::event));
    return fault.refusal();
  }

  private Optional<ClientFault> fault(Optional<Client> found, ClientCredentials shown) {
    return found.isPresent()
        ? fault(found.get(), shown)
        : Optional.of(ClientFault.unknownClient(shown.method()));
  }

  private Optional<ClientFault> fault(Client client, ClientCredentials shown) {
    return switch (shown.method()) {
      case NONE -> ofIdentifier(client);
      case PRIVATE_KEY_JWT -> assertions.use(client, shown.secret()).or(() -> ifDisabled(client));
      case CLIENT_SECRET_BASIC, CLIENT_SECRET_POST -> ofSecret(client, shown);
    };
  }

  private static Optional<ClientFault> ofIdentifier(Client client) {
    if (client.authentication() != ClientAuthentication.NONE) {
      return Optional.of(ClientFault.withoutSecret(Reason.WRONG_METHOD));
    }
    return client.enabled()
        ? Optional.empty()
        : Optional.of(ClientFault.withoutSecret(Reason.DISABLED));
  }

  private Optional<ClientFault> ofSecret(Client client, ClientCredentials shown) {
    // A public client is identified by its identifier alone, as it has no secret.
    boolean right =
        client.metadata().isPublic()
            || client.secrets().include(hash(shown.secret()), clock.instant());
    if (!right) {
      return Optional.of(ClientFault.WRONG_SECRET);
    }
    return client.authentication() == shown.method()
        ? ifDisabled(client)
        : Optional.of(ClientFault.wrongMethod(shown.method(), client.authentication()));
  }

  private static Optional<ClientFault> ifDisabled(Client client) {
    return client.enabled() ? Optional.empty() : Optional.of(ClientFault.DISABLED);
  }

  private static String hash(String secret) {
    return new OpaqueToken(secret).hash();
  }
}

package dev.signet.domain.client;

import static dev.signet.domain.audit.EventType.CLIENT_REFUSED;
import static dev.signet.domain.audit.Reason.DISABLED;
import static dev.signet.domain.audit.Reason.UNKNOWN_CLIENT;
import static dev.signet.domain.audit.Reason.WRONG_SECRET;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.Digest;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.RegistrationSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.guard.Guard;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/** Dynamic client registration and management (RFC 7591, RFC 7592). */
@Shared
public class Registrations {
  /** The group of callers who may register clients. */
  public static final String REGISTRAR = "client-registrar";

  private final Clients clients;
  private final Sectors sectors;
  private final Guard guard;
  private final AuditLog audit;
  private final Clock clock;
  private final RegistrationSettings limits;

  @Inject
  Registrations(
      Clients clients,
      Sectors sectors,
      Guard guard,
      AuditLog audit,
      Clock clock,
      RegistrationSettings limits) {
    this.clients = clients;
    this.sectors = sectors;
    this.guard = guard;
    this.audit = audit;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Registers a client dynamically, within the limits of such clients.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT}
   */
  public Registration register(ClientMetadata wanted) {
    ClientMetadata asked = limited(wanted);
    sectors.check(asked.byItself(ClientMetadata.NONE).complete());
    OpaqueToken secret = OpaqueToken.random();
    OpaqueToken token = OpaqueToken.random();
    return registration(clients.addItself(asked, secret, token), secret, token);
  }

  /**
   * Finds the client of a registration access token.
   *
   * @throws OAuthException {@link OAuthError#INVALID_TOKEN} if the client does not exist or is
   *     disabled, or the token is wrong
   * @throws Refusal {@link Problem#BLOCKED}
   */
  public Registration find(String clientId, String token) {
    guard.admit();
    Optional<RegisteredClient> found = clients.find(clientId);
    OpaqueToken shown = new OpaqueToken(token);
    if (found.filter(client -> isOf(client, shown)).isEmpty()) {
      guard.failed();
      throw refusal(
          found
              .map(client -> SecurityEvent.of(CLIENT_REFUSED, WRONG_SECRET).client(clientId))
              .orElse(SecurityEvent.of(CLIENT_REFUSED, UNKNOWN_CLIENT)));
    }
    if (!found.get().metadata().enabled()) {
      throw refusal(SecurityEvent.of(CLIENT_REFUSED, DISABLED).client(clientId));
    }
    return new Registration(found.get(), Optional.empty(), shown);
  }

  private OAuthException refusal(SecurityEvent event) {
    audit.record(event);
    return new OAuthException(
        OAuthError.INVALID_TOKEN, "The registration access token is invalid.");
  }

  /**
   * Replaces the metadata of a dynamically registered client.
   *
   * @param secret the current secret, if the request repeats it
   * @throws Refusal {@link Problem#INVALID_INPUT}
   */
  public Registration change(Registration former, ClientMetadata wanted, Optional<String> secret) {
    RegisteredClient client = former.client();
    if (!client.clientId().equals(wanted.clientId())) {
      throw Refusal.of(Problem.INVALID_INPUT, "client_id", "must match the client_id in the path");
    }
    if (secret.filter(shown -> !hasSecret(client, shown)).isPresent()) {
      throw Refusal.of(Problem.INVALID_INPUT, "client_secret", "must be the current client secret");
    }
    ClientMetadata asked = limited(wanted);
    sectors.checkChange(client.metadata(), asked.byItself(client.metadata()).complete());
    OpaqueToken next = OpaqueToken.random();
    return registration(clients.updateItself(client.clientId(), asked, next), next, former.token());
  }

  /** Deletes a client permanently. */
  public void delete(Registration registration) {
    clients.delete(registration.client().clientId());
  }

  /**
   * Limits the requested metadata (RFC 7591, section 2: the server may replace requested values,
   * and returns the result).
   */
  private ClientMetadata limited(ClientMetadata wanted) {
    return limits.scope().map(wanted::withScopeWithin).orElse(wanted);
  }

  private static Registration registration(
      RegisteredClient client, OpaqueToken secret, OpaqueToken token) {
    boolean isNew = client.secretHash().filter(secret.hash()::equals).isPresent();
    return new Registration(client, Optional.of(secret).filter(made -> isNew), token);
  }

  private boolean hasSecret(RegisteredClient client, String secret) {
    return Client.of(client, limits)
        .secrets()
        .include(new OpaqueToken(secret).hash(), clock.instant());
  }

  private static boolean isOf(RegisteredClient client, OpaqueToken token) {
    return Digest.isEqual(token.hash(), client.registrationTokenHash().orElse(""));
  }
}

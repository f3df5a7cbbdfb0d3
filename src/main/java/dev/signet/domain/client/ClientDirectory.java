package dev.signet.domain.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.RegistrationSettings;
import dev.signet.base.wiring.Shared;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds clients by their identifiers, with a cache: changes by other nodes take effect within two
 * seconds, changes by this node immediately.
 */
@Shared
public class ClientDirectory {
  private static final int MOST = 10_000;
  private static final Duration STALENESS = Duration.ofSeconds(2);

  private final Clients clients;
  private final ClientDocuments documents;
  private final ProfileRules rules;
  private final RegistrationSettings limits;
  private final Cache<String, Client> known =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(STALENESS)
          .executor(Runnable::run)
          .build();

  @Inject
  ClientDirectory(
      Clients clients, ClientDocuments documents, ProfileRules rules, RegistrationSettings limits) {
    this.clients = clients;
    this.documents = documents;
    this.rules = rules;
    this.limits = limits;
  }

  /**
   * Returns a client that is registered and enabled, or is identified by a metadata document. Never
   * call it within a transaction: it may fetch the document from the client's host.
   */
  public Optional<Client> find(String clientId) {
    return findDisabledToo(clientId).filter(Client::enabled);
  }

  /** Returns a client as {@link #find} does, including disabled clients. */
  Optional<Client> findDisabledToo(String clientId) {
    Optional<Client> stored = stored(clientId);
    boolean registered = stored.filter(client -> !client.hasDocument()).isPresent();
    // A client that was registered before the profile was set and violates it is ignored.
    return (registered ? stored : documents.find(clientId, stored)).filter(rules::allow);
  }

  /**
   * Returns a client, disabled or not, and reads a registered client from the database instead of
   * the cache.
   */
  Optional<Client> findAnew(String clientId) {
    known.invalidate(clientId);
    return findDisabledToo(clientId);
  }

  private Optional<Client> stored(String clientId) {
    return Optional.ofNullable(
        known.get(
            clientId, id -> clients.find(id).map(found -> Client.of(found, limits)).orElse(null)));
  }

  /**
   * Stores a client that is only identified by a metadata document when a user allows it access,
   * because the grant refers to the client.
   *
   * @throws OAuthException {@link OAuthError#TEMPORARILY_UNAVAILABLE} if there are too many
   */
  public void keep(Client client) {
    if (!client.hasDocument() || isKept(client)) {
      return;
    }
    try {
      clients.keep(client.metadata());
    } catch (Refusal refusal) {
      if (refusal.problem() != Problem.NAME_TAKEN) {
        throw refusal;
      }
      // Another node has stored the client concurrently.
    }
  }

  private boolean isKept(Client client) {
    return stored(client.id())
        .filter(kept -> kept.metadata().equals(client.metadata()))
        .isPresent();
  }

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ClientChanged change) {
    known.invalidate(change.clientId());
  }
}

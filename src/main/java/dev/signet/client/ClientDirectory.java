package dev.signet.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.settings.RegistrationSettings;
import dev.signet.wiring.Shared;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds clients by their identifiers, without asking the database each time: what another node has
 * changed is seen within two seconds, what this node changes at once.
 */
@Shared
public class ClientDirectory {
  private static final int MOST = 10_000;
  private static final Duration STALENESS = Duration.ofSeconds(2);

  private final Clients clients;
  private final RegistrationSettings limits;
  private final Cache<String, Client> known =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(STALENESS)
          .executor(Runnable::run)
          .build();

  @Inject
  ClientDirectory(Clients clients, RegistrationSettings limits) {
    this.clients = clients;
    this.limits = limits;
  }

  /** Returns a client that is registered and enabled. */
  public Optional<Client> find(String clientId) {
    return Optional.ofNullable(
            known.get(
                clientId,
                id -> clients.find(id).map(found -> Client.of(found, limits)).orElse(null)))
        .filter(Client::enabled);
  }

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ClientChanged change) {
    known.invalidate(change.clientId());
  }
}

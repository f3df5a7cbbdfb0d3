package dev.signet.domain.consent;

import dev.signet.base.oauth.Scope;
import dev.signet.base.paging.Page;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.client.ClientMetadata;
import dev.signet.domain.client.RegisteredClient;
import dev.signet.domain.user.User;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The consents of users to clients. Each method is one transaction. Each change locks the user
 * first, so that concurrent changes are serialized.
 */
@Stateless
public class Consents {
  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private Clock clock;
  private Consumer<ConsentWithdrawn> withdrawn;
  private Consumer<SecurityEvent> audit;

  /** For the container's proxy. */
  public Consents() {}

  @Inject
  Consents(Clock clock, Event<ConsentWithdrawn> withdrawn, Event<SecurityEvent> audit) {
    this.clock = clock;
    this.withdrawn = withdrawn::fire;
    this.audit = audit::fire;
  }

  /** For tests against a bare entity manager. */
  Consents(
      EntityManager entities,
      Clock clock,
      Consumer<ConsentWithdrawn> withdrawn,
      Consumer<SecurityEvent> audit) {
    this.entities = entities;
    this.clock = clock;
    this.withdrawn = withdrawn;
    this.audit = audit;
  }

  /**
   * Returns the scope that a user has consented to; empty if the user was never asked. A client
   * that only requests the identity must also ask once.
   */
  public Optional<Scope> agreed(String userId, String clientId) {
    return Optional.ofNullable(find(userId, clientId)).map(ConsentRow::scope);
  }

  /** Extends the consent of a user. Does nothing if the user or the client was just deleted. */
  public void agree(String userId, String clientId, Scope scope) {
    if (!lock(userId) || entities.find(RegisteredClient.class, clientId) == null) {
      return;
    }
    OffsetDateTime now = Clocks.utc(clock);
    ConsentRow row = find(userId, clientId);
    if (row == null) {
      entities.persist(new ConsentRow(userId, clientId, scope, now));
    } else if (scope.isWithin(row.scope())) {
      return;
    } else {
      row.change(row.scope().and(scope), now);
    }
    record(EventType.CONSENT_GIVEN, userId, clientId);
  }

  /** Lists the consents of a user, ordered by client identifier. */
  public Page<Consent> list(String userId, int limit, Optional<String> after) {
    List<Consent> found =
        entities
            .createQuery(
                "select c, r from ConsentRow c, RegisteredClient r where c.userId = :user"
                    + " and r.clientId = c.clientId and c.clientId > :after order by c.clientId",
                Object[].class)
            .setParameter("user", userId)
            .setParameter("after", after.orElse(""))
            .setMaxResults(limit + 1)
            .getResultStream()
            .map(pair -> consent((ConsentRow) pair[0], (RegisteredClient) pair[1]))
            .toList();
    return Page.of(found, limit, Consent::clientId);
  }

  /**
   * Withdraws a consent of a user, and ends the sessions of the client.
   *
   * @throws Refusal {@link Problem#NOT_FOUND}
   */
  public void withdraw(String userId, String clientId) {
    ConsentRow row = lock(userId) && ClientMetadata.isId(clientId) ? find(userId, clientId) : null;
    if (row == null) {
      throw new Refusal(Problem.NOT_FOUND, "The consent does not exist.");
    }
    entities.remove(row);
    withdrawn.accept(new ConsentWithdrawn(userId, clientId));
    record(EventType.CONSENT_WITHDRAWN, userId, clientId);
  }

  private ConsentRow find(String userId, String clientId) {
    return entities.find(ConsentRow.class, new ConsentKey(userId, clientId));
  }

  private boolean lock(String userId) {
    return entities.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE) != null;
  }

  private void record(EventType what, String userId, String clientId) {
    audit.accept(SecurityEvent.of(what).subject(userId).client(clientId));
  }

  private static Consent consent(ConsentRow row, RegisteredClient client) {
    return new Consent(
        row.clientId(),
        Optional.ofNullable(client.metadata().clientName()),
        row.scope(),
        row.createdAt().toInstant(),
        row.updatedAt().toInstant());
  }
}

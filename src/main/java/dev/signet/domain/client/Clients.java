package dev.signet.domain.client;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.paging.Page;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.database.Batch;
import dev.signet.domain.database.Database;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The registered clients. Each method is one transaction. */
@Stateless
public class Clients {
  /** Far more than users need; a table that strangers can fill requires a limit. */
  private static final long MOST_DOCUMENTS = 10_000;

  /**
   * Covers the time between the storage of a client and its first consent, and users who return.
   */
  private static final Duration UNUSED = Duration.ofDays(1);

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private Clock clock;
  private Subjects subjects;
  private Algorithms algorithms;
  private ProfileRules rules;
  private Consumer<ClientChanged> changes;
  private Consumer<SecurityEvent> audit;

  /** For the container's proxy. */
  public Clients() {}

  @Inject
  Clients(
      Clock clock,
      Subjects subjects,
      Algorithms algorithms,
      ProfileRules rules,
      Event<ClientChanged> changes,
      Event<SecurityEvent> audit) {
    this.clock = clock;
    this.subjects = subjects;
    this.algorithms = algorithms;
    this.rules = rules;
    this.changes = changes::fire;
    this.audit = audit::fire;
  }

  /** For tests against a bare entity manager. */
  public Clients(
      EntityManager entities,
      Clock clock,
      Subjects subjects,
      Algorithms algorithms,
      ProfileRules rules,
      Consumer<ClientChanged> changes,
      Consumer<SecurityEvent> audit) {
    this.entities = entities;
    this.clock = clock;
    this.subjects = subjects;
    this.algorithms = algorithms;
    this.rules = rules;
    this.changes = changes;
    this.audit = audit;
  }

  /**
   * Registers a client.
   *
   * @param secret its secret; not used if it authenticates with assertions
   * @throws Refusal {@link Problem#INVALID_INPUT}, or {@link Problem#NAME_TAKEN}
   */
  public RegisteredClient add(ClientMetadata metadata, OpaqueToken secret) {
    return add(metadata, secret, Optional.empty());
  }

  /**
   * Registers a client dynamically.
   *
   * @param secret its secret; not used if it authenticates with assertions
   * @param token its registration access token (RFC 7592)
   * @throws Refusal {@link Problem#INVALID_INPUT}
   */
  public RegisteredClient addItself(ClientMetadata asked, OpaqueToken secret, OpaqueToken token) {
    return add(asked.byItself(ClientMetadata.NONE), secret, Optional.of(token));
  }

  private RegisteredClient add(
      ClientMetadata metadata, OpaqueToken secret, Optional<OpaqueToken> token) {
    RegisteredClient client = new RegisteredClient(complete(metadata), Clocks.now(clock));
    client.secure(secret);
    token.ifPresent(client::manageBy);
    add(client);
    return client;
  }

  private void add(RegisteredClient client) {
    entities.persist(client);
    try {
      entities.flush();
    } catch (PersistenceException e) {
      if (Database.violatedConstraint(e).isEmpty()) {
        throw e;
      }
      throw Refusal.of(Problem.NAME_TAKEN, "client_id", "is taken");
    }
    audit.accept(SecurityEvent.of(EventType.CLIENT_REGISTERED).client(client.clientId()));
  }

  /**
   * Stores a client that is only identified by a metadata document, or updates it, because a grant
   * refers to the client. Only call it when a user allows the client access, as otherwise strangers
   * could fill the table.
   *
   * @throws Refusal {@link Problem#NAME_TAKEN} if another node has just stored it
   * @throws OAuthException {@link OAuthError#TEMPORARILY_UNAVAILABLE} if there are too many
   */
  public void keep(ClientMetadata metadata) {
    String id = metadata.clientId();
    RegisteredClient client =
        entities.find(RegisteredClient.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (client == null) {
      refuseIfTooManyDocuments();
      add(RegisteredClient.ofDocument(metadata, Clocks.now(clock)));
    } else if (client.hasDocument() && !metadata.equals(client.metadata())) {
      client.change(metadata, Clocks.now(clock));
      changed(EventType.CLIENT_CHANGED, id);
    }
  }

  private void refuseIfTooManyDocuments() {
    long stored =
        entities
            .createQuery(
                "select count(c) from RegisteredClient c where c.documentAt is not null",
                Long.class)
            .getSingleResult();
    if (stored >= MOST_DOCUMENTS) {
      throw new OAuthException(
          OAuthError.TEMPORARILY_UNAVAILABLE,
          "The maximum number of clients identified by a metadata document is reached.");
    }
  }

  /** Deletes a batch of clients with a metadata document that no user has granted access. */
  public boolean deleteUnusedBatch() {
    return Batch.delete(
        entities,
        "clients",
        "client_id",
        "select c.client_id from clients c where c.document_at <= ?1"
            + " and not exists (select 1 from consents s where s.client_id = c.client_id)"
            + " and not exists (select 1 from refresh_families f where f.client_id = c.client_id)",
        Clocks.now(clock).minus(UNUSED).atOffset(ZoneOffset.UTC));
  }

  public Optional<RegisteredClient> find(String clientId) {
    return ClientMetadata.isId(clientId)
        ? Optional.ofNullable(entities.find(RegisteredClient.class, clientId))
        : Optional.empty();
  }

  /** Lists clients in the order of their identifiers. */
  public Page<RegisteredClient> list(int limit, Optional<String> after) {
    List<RegisteredClient> found =
        entities
            .createQuery(
                "select c from RegisteredClient c where c.clientId > :after order by c.clientId",
                RegisteredClient.class)
            .setParameter("after", after.orElse(""))
            .setMaxResults(limit + 1)
            .getResultList();
    return Page.of(found, limit, RegisteredClient::clientId);
  }

  /**
   * Replaces the metadata of a client (RFC 7592, section 2.2). Absent members get their default.
   *
   * @throws Refusal {@link Problem#NOT_FOUND} or {@link Problem#INVALID_INPUT}
   */
  public RegisteredClient update(String clientId, ClientMetadata metadata) {
    RegisteredClient client = lock(clientId);
    client.change(complete(metadata.of(clientId)), Clocks.now(clock));
    changed(EventType.CLIENT_CHANGED, clientId);
    return client;
  }

  /**
   * Replaces the metadata that a client has registered dynamically. Members that only
   * administrators may set are kept.
   *
   * @param secret for a client without a secret that now needs one
   * @throws Refusal {@link Problem#NOT_FOUND} or {@link Problem#INVALID_INPUT}
   */
  public RegisteredClient updateItself(String clientId, ClientMetadata asked, OpaqueToken secret) {
    RegisteredClient client = lock(clientId);
    client.change(complete(asked.byItself(client.metadata())), Clocks.now(clock));
    client.secure(secret);
    changed(EventType.CLIENT_CHANGED, clientId);
    return client;
  }

  /**
   * Replaces the secret.
   *
   * @param overlap how long the previous secret stays valid
   * @throws Refusal {@link Problem#NOT_FOUND}, or {@link Problem#INVALID_INPUT} if it has none
   */
  public RegisteredClient replaceSecret(String clientId, OpaqueToken secret, Duration overlap) {
    RegisteredClient client = lock(clientId);
    if (!client.metadata().hasSecret()) {
      throw new Refusal(Problem.INVALID_INPUT, "This client has no secret.");
    }
    Instant now = Clocks.now(clock);
    client.replaceSecret(secret.hash(), now, now.plus(overlap));
    changed(EventType.CLIENT_SECRET_REPLACED, clientId);
    return client;
  }

  /**
   * Registers a client, or changes the given members of an existing client.
   *
   * @param secretHash the hash of its secret, if given
   * @param overlap how long the previous secret stays valid
   * @return whether something has changed
   * @throws Refusal {@link Problem#INVALID_INPUT}
   */
  public boolean merge(ClientMetadata named, Optional<String> secretHash, Duration overlap) {
    Instant now = Clocks.now(clock);
    RegisteredClient client =
        ClientMetadata.isId(named.clientId())
            ? entities.find(
                RegisteredClient.class, named.clientId(), LockModeType.PESSIMISTIC_WRITE)
            : null;
    boolean isNew = client == null;
    if (isNew) {
      client = new RegisteredClient(complete(named), now);
      entities.persist(client);
    }
    ClientMetadata complete = complete(client.metadata().with(named));
    boolean isOther = !complete.equals(client.metadata());
    if (isOther) {
      client.change(complete, now);
    }
    boolean hasOther =
        complete.hasSecret() && secretHash.isPresent() && !secretHash.equals(client.secretHash());
    if (hasOther) {
      client.replaceSecret(secretHash.get(), now, now.plus(overlap));
    }
    if (isNew || isOther || hasOther) {
      changed(isNew ? EventType.CLIENT_REGISTERED : EventType.CLIENT_CHANGED, client.clientId());
    }
    return isNew || isOther || hasOther;
  }

  /**
   * Deletes a client permanently.
   *
   * @throws Refusal {@link Problem#NOT_FOUND}
   */
  public void delete(String clientId) {
    if (ClientMetadata.isId(clientId)) {
      deleteWhatRefersTo(clientId);
    }
    entities.remove(lock(clientId));
    changed(EventType.CLIENT_DELETED, clientId);
  }

  /**
   * Deletes the rows that refer to a client, before the client is locked and in this order:
   * redeeming codes, ending sessions and withdrawing consents lock these rows before they refer to
   * the client. A different order could cause deadlocks.
   */
  private void deleteWhatRefersTo(String clientId) {
    for (String table :
        List.of(
            "consents",
            "authorization_codes",
            "device_codes",
            "refresh_families",
            "pushed_requests")) {
      entities
          .createNativeQuery("delete from " + table + " where client_id = ?1")
          .setParameter(1, clientId)
          .executeUpdate();
    }
  }

  private ClientMetadata complete(ClientMetadata metadata) {
    ClientMetadata complete = metadata.complete();
    subjects.check(complete);
    algorithms.check(complete);
    rules.check(complete);
    return complete;
  }

  private void changed(EventType what, String clientId) {
    changes.accept(new ClientChanged(clientId));
    audit.accept(SecurityEvent.of(what).client(clientId));
  }

  private RegisteredClient lock(String clientId) {
    RegisteredClient client =
        ClientMetadata.isId(clientId)
            ? entities.find(RegisteredClient.class, clientId, LockModeType.PESSIMISTIC_WRITE)
            : null;
    if (client == null) {
      throw new Refusal(Problem.NOT_FOUND, "The client does not exist.");
    }
    return client;
  }
}

package dev.signet.token;

import dev.signet.database.Batch;
import dev.signet.keys.OpaqueToken;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the authorization requests that clients have pushed (RFC 9126), until one leads to a code
 * or expires. One method, one transaction, or part of the caller's.
 */
@Stateless
public class PushedRequests {
  /** Long enough for a login; FAPI 2.0 asks for less than ten minutes. */
  public static final Duration LIFETIME = Duration.ofMinutes(9);

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private Clock clock;

  /** For the container's proxy. */
  public PushedRequests() {}

  @Inject
  PushedRequests(Clock clock) {
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  PushedRequests(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * Keeps a request.
   *
   * @param parameters all of them, encoded as a form; at most 32,000 characters
   * @return what the client refers to it by
   */
  public OpaqueToken add(String clientId, String parameters) {
    OpaqueToken reference = OpaqueToken.random();
    entities
        .createNativeQuery(
            "insert into pushed_requests (hash, client_id, parameters, expires_at)"
                + " values (?1, ?2, ?3, ?4)")
        .setParameter(1, reference.hash())
        .setParameter(2, clientId)
        .setParameter(3, parameters)
        .setParameter(4, now().plus(LIFETIME))
        .executeUpdate();
    return reference;
  }

  /** Returns the parameters of a client's request that has not expired and gave no code yet. */
  public Optional<String> find(OpaqueToken reference, String clientId) {
    List<?> found =
        entities
            .createNativeQuery(
                "select parameters from pushed_requests"
                    + " where hash = ?1 and client_id = ?2 and expires_at > ?3")
            .setParameter(1, reference.hash())
            .setParameter(2, clientId)
            .setParameter(3, now())
            .getResultList();
    return found.stream().map(String.class::cast).findFirst();
  }

  /** Uses a request up: of those who do so at the same moment, one gets true. */
  public boolean use(OpaqueToken reference, String clientId) {
    return entities
            .createNativeQuery(
                "delete from pushed_requests"
                    + " where hash = ?1 and client_id = ?2 and expires_at > ?3")
            .setParameter(1, reference.hash())
            .setParameter(2, clientId)
            .setParameter(3, now())
            .executeUpdate()
        == 1;
  }

  /** Deletes a batch of those that have expired; returns whether there may be more. */
  public boolean deleteBatch() {
    return Batch.delete(
        entities,
        "pushed_requests",
        "hash",
        "select hash from pushed_requests where expires_at <= ?1",
        now());
  }

  /** As precise as both databases keep it. */
  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
  }
}

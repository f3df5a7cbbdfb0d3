package dev.signet.domain.code;

import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.database.Batch;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Stores pushed authorization requests (RFC 9126) until they lead to a code or expire. The
 * reference to a request has a short lifetime (section 2.2). When a browser is first shown a page
 * for a request, the request is assigned to that browser and gets a longer lifetime, because a
 * login may take time. Each method is one transaction, or part of the caller's.
 */
@Stateless
public class PushedRequests {
  /** The lifetime of a reference: FAPI 2.0 requires less than ten minutes. */
  public static final Duration LIFETIME = Duration.ofMinutes(9);

  /** The lifetime of a request after a browser was last shown a page for it. */
  static final Duration KEPT = Duration.ofHours(1);

  /** Selects a client's request by its reference, or by the browser that it is assigned to. */
  private static final String USABLE =
      " where hash = ?1 and client_id = ?2"
          + " and (expires_at > ?3 or (browser_hash = ?4 and kept_until > ?3))";

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
   * Stores a request.
   *
   * @param parameters all parameters, form-encoded; at most 32,000 characters
   * @return the reference for the client
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
        .setParameter(4, Clocks.utc(clock).plus(LIFETIME))
        .executeUpdate();
    return reference;
  }

  /**
   * Returns the parameters of a client's request that has neither expired nor led to a code.
   *
   * @param browser the secret of the browser that presents the reference
   */
  public Optional<String> find(OpaqueToken reference, String clientId, OpaqueToken browser) {
    List<?> found =
        usable("select parameters from pushed_requests", reference, clientId, browser)
            .getResultList();
    return found.stream().map(String.class::cast).findFirst();
  }

  /** Assigns a request to the browser that is shown a page for it. */
  public void keep(OpaqueToken reference, String clientId, OpaqueToken browser) {
    usable(
            "update pushed_requests set browser_hash = ?4, kept_until = ?5",
            reference,
            clientId,
            browser)
        .setParameter(5, Clocks.utc(clock).plus(KEPT))
        .executeUpdate();
  }

  /** Reassigns the requests of a browser when a login gives it a new secret. */
  public void follow(OpaqueToken former, OpaqueToken secret) {
    entities
        .createNativeQuery("update pushed_requests set browser_hash = ?1 where browser_hash = ?2")
        .setParameter(1, secret.hash())
        .setParameter(2, former.hash())
        .executeUpdate();
  }

  /** Marks a request as used. Of concurrent calls, exactly one returns true. */
  public boolean use(OpaqueToken reference, String clientId, OpaqueToken browser) {
    return usable("delete from pushed_requests", reference, clientId, browser).executeUpdate() == 1;
  }

  private Query usable(
      String statement, OpaqueToken reference, String clientId, OpaqueToken browser) {
    return entities
        .createNativeQuery(statement + USABLE)
        .setParameter(1, reference.hash())
        .setParameter(2, clientId)
        .setParameter(3, Clocks.utc(clock))
        .setParameter(4, browser.hash());
  }

  /** Deletes a batch of expired requests. Returns whether there may be more. */
  public boolean deleteBatch() {
    return Batch.delete(
        entities,
        "pushed_requests",
        "hash",
        "select hash from pushed_requests where expires_at <= ?1"
            + " and (kept_until is null or kept_until <= ?1)",
        Clocks.utc(clock));
  }
}

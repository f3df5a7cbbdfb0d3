package dev.signet.domain.database;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.UUID;

/**
 * Leases that let one node at a time do a kind of background work, based on the database's clock.
 */
@Stateless
public class Leases {
  /** The identifier of this deployment. */
  private static final String NODE = UUID.randomUUID().toString();

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  /** For the container's proxy. */
  @Inject
  public Leases() {}

  /** For tests against a bare entity manager. */
  Leases(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Takes a lease for five minutes, or keeps one that this node has.
   *
   * @return whether this node has it now
   */
  public boolean take(String name) {
    return take(name, NODE);
  }

  /** Releases a lease, if this node has it. */
  public void release(String name) {
    release(name, NODE);
  }

  void release(String name, String holder) {
    entities
        .createNativeQuery(
            "update leases set held_until = current_timestamp where name = ?1 and holder = ?2")
        .setParameter(1, name)
        .setParameter(2, holder)
        .executeUpdate();
  }

  /** Takes a lease with a single statement, so that only one of several nodes gets it. */
  boolean take(String name, String holder) {
    return entities
            .createNativeQuery(
                "update leases set holder = ?1, held_until = current_timestamp + interval '5' minute"
                    + " where name = ?2 and (holder = ?3 or held_until <= current_timestamp)")
            .setParameter(1, holder)
            .setParameter(2, name)
            .setParameter(3, holder)
            .executeUpdate()
        == 1;
  }
}

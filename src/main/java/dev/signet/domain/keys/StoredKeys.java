package dev.signet.domain.keys;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.domain.database.Database;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.List;

/** The keys in the database, which all nodes share. Each method is one transaction. */
@Stateless
public class StoredKeys {
  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  /** For the container. */
  public StoredKeys() {}

  /** For tests against a bare entity manager. */
  StoredKeys(EntityManager entities) {
    this.entities = entities;
  }

  /** Returns all keys, ordered by generation. */
  public List<SigningKey> all() {
    return entities
        .createQuery("select k from SigningKey k order by k.generation", SigningKey.class)
        .getResultList();
  }

  /**
   * Stores the next key; the unique index ensures that only one node succeeds.
   *
   * @throws Refusal {@link Problem#ROTATION_REFUSED} if another node was faster
   */
  public void add(SigningKey key) {
    entities.persist(key);
    try {
      entities.flush();
    } catch (PersistenceException e) {
      if (Database.violatedConstraint(e).isEmpty()) {
        throw e;
      }
      throw new Refusal(Problem.ROTATION_REFUSED, "Another node has just created the next key.");
    }
  }

  /** Erases a private key that no longer signs. */
  public void eraseSecret(String id, String sealedPublicKey) {
    entities
        .createQuery(
            "update SigningKey k set k.sealedKey = :key, k.hasSecret = false where k.id = :id")
        .setParameter("key", sealedPublicKey)
        .setParameter("id", id)
        .executeUpdate();
  }

  /** Deletes keys that no longer verify any token. */
  public void delete(List<String> ids) {
    entities
        .createQuery("delete from SigningKey k where k.id in :ids")
        .setParameter("ids", ids)
        .executeUpdate();
  }
}

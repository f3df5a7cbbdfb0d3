package dev.signet.client;

import dev.signet.keys.PairwiseSubjects;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/**
 * Tells when {@code signet.subject.salt} changes: each user of a pairwise client would get another
 * {@code sub}, which must never be reassigned (OpenID Connect Core 1.0, section 2). The database
 * has a fingerprint of the salt, in the one row of its table.
 */
@Stateless
public class SubjectSalt {
  /** As stored metadata has it; inside a text, its quotes are escaped. */
  private static final String PAIRWISE = "%\"subject_type\":\"pairwise\"%";

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private PairwiseSubjects pairwise;

  /** For the container's proxy. */
  public SubjectSalt() {}

  @Inject
  SubjectSalt(PairwiseSubjects pairwise) {
    this.pairwise = pairwise;
  }

  /** For tests against a bare entity manager. */
  SubjectSalt(EntityManager entities, PairwiseSubjects pairwise) {
    this(pairwise);
    this.entities = entities;
  }

  /**
   * Whether pairwise clients know their users by subjects of another salt. While there are no such
   * clients, any salt will do, and is the one to keep.
   */
  public boolean isChanged() {
    String salt = pairwise.fingerprint().orElse("");
    if (stored().equals(salt)) {
      return false;
    }
    entities
        .createNativeQuery(
            "update subject_salt set fingerprint = ?1 where fingerprint = ''"
                + " or not exists (select 1 from clients where metadata like ?2)")
        .setParameter(1, salt)
        .setParameter(2, PAIRWISE)
        .executeUpdate();
    return !stored().equals(salt);
  }

  private String stored() {
    return (String)
        entities.createNativeQuery("select fingerprint from subject_salt").getSingleResult();
  }
}

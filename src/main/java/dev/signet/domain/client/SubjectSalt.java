package dev.signet.domain.client;

import dev.signet.base.secret.PairwiseSubjects;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/**
 * Detects a change of {@code signet.subject.salt}, with which each user of a pairwise client would
 * get a new {@code sub}, which must never be reassigned (OpenID Connect Core 1.0, section 2). The
 * database stores a fingerprint of the salt, in a table with one row.
 */
@Stateless
public class SubjectSalt {
  /** The member in stored metadata; inside a string, its quotes would be escaped. */
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
   * Whether pairwise clients have subjects of a different salt. While there are no pairwise
   * clients, the current salt is accepted and stored.
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

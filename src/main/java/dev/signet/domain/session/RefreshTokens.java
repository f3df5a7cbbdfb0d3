package dev.signet.domain.session;

import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.user.User;
import jakarta.persistence.EntityManager;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The stored refresh tokens, in the transaction of the caller. Queries of each token are named: the
 * provider prepares them once.
 */
record RefreshTokens(EntityManager entities) {
  /** The session of a refresh token and its user, as read, before they are locked. */
  record Found(RefreshFamily family, User user) {}

  Optional<Found> find(String hash) {
    return entities
        .createNamedQuery(RefreshFamily.OF_TOKEN, Object[].class)
        .setParameter("hash", hash)
        .getResultStream()
        .findFirst()
        .map(row -> new Found((RefreshFamily) row[0], (User) row[1]));
  }

  OpaqueToken add(RefreshFamily family, OffsetDateTime now) {
    OpaqueToken token = OpaqueToken.random();
    entities.persist(new RefreshToken(token, family, now));
    return token;
  }

  /**
   * Exchanges a token for its successor and records the use of the session. Of concurrent requests
   * with the same token, exactly one gets 2 ({@link RefreshToken#ROTATE}).
   */
  int rotate(RefreshFamily used, String hash, OpaqueToken next, String sender, OffsetDateTime now) {
    return entities
        .createNamedQuery(RefreshToken.ROTATE)
        .setParameter(1, hash)
        .setParameter(2, next.hash())
        .setParameter(3, used.id())
        .setParameter(4, now)
        .setParameter(5, sender)
        .setParameter(6, now)
        .setParameter(7, now)
        .setParameter(8, now)
        .setParameter(9, used.idleExpiresAt())
        .setParameter(10, used.id())
        .executeUpdate();
  }

  boolean isRetiredBy(String sender, String hash, OffsetDateTime since) {
    return entities
            .createNamedQuery(RefreshToken.RETIRED_BY, Long.class)
            .setParameter("hash", hash)
            .setParameter("sender", sender)
            .setParameter("since", since)
            .getSingleResult()
        == 1;
  }

  /** Whether a token was never exchanged: a token that was exchanged stays retired. */
  boolean isCurrent(String hash) {
    return !entities
        .createQuery("select t.hash from RefreshToken t where t.hash = :hash and t.usedAt is null")
        .setParameter("hash", hash)
        .getResultList()
        .isEmpty();
  }

  /**
   * Records a use of a session, which issues access tokens until the given time. Returns false if
   * the session was just revoked.
   */
  boolean use(RefreshFamily used, OffsetDateTime until) {
    return entities
            .createQuery(
                "update RefreshFamily f set f.lastUsedAt = :now, f.lastIssuedAt = :until,"
                    + " f.idleExpiresAt = :end where f.id = :id and f.revokedAt is null")
            .setParameter("now", used.lastUsedAt())
            .setParameter("until", until)
            .setParameter("end", used.idleExpiresAt())
            .setParameter("id", used.id())
            .executeUpdate()
        == 1;
  }
}

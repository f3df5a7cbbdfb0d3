package dev.signet.client;

import dev.signet.database.Batch;
import dev.signet.database.Database;
import dev.signet.keys.ClientAssertion;
import dev.signet.keys.OpaqueToken;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** Lets each assertion be used once, on any number of nodes. One method, one transaction. */
@Stateless
public class UsedAssertions {
  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private Clock clock;

  /** For the container's proxy. */
  public UsedAssertions() {}

  @Inject
  UsedAssertions(Clock clock) {
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  UsedAssertions(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * Uses an assertion; the primary key decides who comes first.
   *
   * @param skew how long after its end it may still be accepted
   * @throws OAuthException {@link OAuthError#INVALID_CLIENT} if it was used before
   */
  public void use(ClientAssertion assertion, Duration skew) {
    String hash = new OpaqueToken(assertion.clientId() + "\n" + assertion.id()).hash();
    try {
      entities
          .createNativeQuery("insert into client_assertions (hash, expires_at) values (?1, ?2)")
          .setParameter(1, hash)
          .setParameter(2, assertion.expiresAt().plus(skew).atOffset(ZoneOffset.UTC))
          .executeUpdate();
    } catch (PersistenceException e) {
      if (Database.violatedConstraint(e).isEmpty()) {
        throw e;
      }
      throw new OAuthException(OAuthError.INVALID_CLIENT, "The assertion was used before.");
    }
  }

  /** Deletes a batch of those that have expired; returns whether there may be more. */
  public boolean deleteBatch() {
    return Batch.delete(
        entities,
        "client_assertions",
        "hash",
        "select hash from client_assertions where expires_at <= ?1",
        clock.instant().atOffset(ZoneOffset.UTC));
  }
}

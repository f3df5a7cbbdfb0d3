package dev.signet.domain.client;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.database.Batch;
import dev.signet.domain.database.Database;
import dev.signet.domain.jose.ClientAssertion;
import dev.signet.domain.jose.DpopProof;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Ensures that each client assertion and each DPoP proof is used only once, across all nodes. Each
 * method is one transaction.
 */
@Stateless
public class UsedProofs {
  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private Clock clock;

  /** For the container's proxy. */
  public UsedProofs() {}

  @Inject
  UsedProofs(Clock clock) {
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  UsedProofs(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * Marks an assertion as used; the primary key of the table decides between concurrent requests.
   *
   * @param skew how long after its expiry it may still be accepted
   * @throws OAuthException {@link OAuthError#INVALID_CLIENT} if it was already used
   */
  public void use(ClientAssertion assertion, Duration skew) {
    use(
        assertion.clientId() + "\n" + assertion.id(),
        assertion.expiresAt().plus(skew).plus(TokenSettings.CLOCKS_APART),
        OAuthError.INVALID_CLIENT);
  }

  /**
   * Marks a DPoP proof as used.
   *
   * @throws OAuthException {@link OAuthError#INVALID_DPOP_PROOF} if it was already used
   */
  public void use(DpopProof proof) {
    use(
        "a DPoP proof\n" + proof.identity(), // No client can have this identifier.
        proof.expiresAt().plus(TokenSettings.CLOCKS_APART),
        OAuthError.INVALID_DPOP_PROOF);
  }

  private void use(String name, Instant until, OAuthError refusal) {
    try {
      entities
          .createNativeQuery("insert into client_assertions (hash, expires_at) values (?1, ?2)")
          .setParameter(1, new OpaqueToken(name).hash())
          .setParameter(2, until.atOffset(ZoneOffset.UTC))
          .executeUpdate();
    } catch (PersistenceException e) {
      if (Database.violatedConstraint(e).isEmpty()) {
        throw e;
      }
      throw new OAuthException(refusal, "The jti was already used.");
    }
  }

  /** Deletes a batch of expired entries. Returns whether there may be more. */
  public boolean deleteBatch() {
    return Batch.delete(
        entities,
        "client_assertions",
        "hash",
        "select hash from client_assertions where expires_at <= ?1",
        clock.instant().atOffset(ZoneOffset.UTC));
  }
}

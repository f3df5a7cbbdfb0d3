package dev.signet.domain.session;

import dev.signet.base.settings.RefreshSettings;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.database.Batch;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;

/**
 * Deletes ended sessions and retired tokens, in batches that are short transactions. A retired
 * refresh token is kept for the idle time, after which it would have expired. A session is kept as
 * long as its last access token may be valid, so that a logout can still revoke that token.
 */
@Stateless
public class Purge {
  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private RefreshSettings settings;
  private TokenSettings accessTokens;
  private Clock clock;

  /** For the container's proxy. */
  public Purge() {}

  @Inject
  Purge(RefreshSettings settings, TokenSettings accessTokens, Clock clock) {
    this.settings = settings;
    this.accessTokens = accessTokens;
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  Purge(EntityManager entities, RefreshSettings settings, TokenSettings accessTokens, Clock clock) {
    this(settings, accessTokens, clock);
    this.entities = entities;
  }

  /** Deletes a batch of retired refresh tokens. Returns whether there may be more. */
  public boolean deleteRetiredTokens() {
    return Batch.delete(
        entities,
        "refresh_tokens",
        "hash",
        "select hash from refresh_tokens where used_at <= ?1",
        Clocks.utc(clock).minus(settings.idle()));
  }

  /** Deletes a batch of the refresh tokens of ended sessions. Returns whether there may be more. */
  public boolean deleteEndedTokens() {
    return Batch.delete(
        entities,
        "refresh_tokens",
        "hash",
        "select t.hash from refresh_tokens t"
            + " join refresh_families f on f.id = t.family_id where f.idle_expires_at <= ?1",
        Clocks.utc(clock));
  }

  /**
   * Deletes a batch of ended sessions. Returns whether there may be more. A session is deleted
   * after its refresh tokens, of which there can be thousands.
   */
  public boolean deleteSessions() {
    return Batch.delete(
        entities,
        "refresh_families",
        "id",
        "select f.id from refresh_families f where f.idle_expires_at <= ?1"
            + " and not exists (select 1 from refresh_tokens t where t.family_id = f.id)",
        Clocks.utc(clock).minus(accessTokens.longestValidity()));
  }

  /** Deletes a batch of revocations whose tokens have expired. Returns whether there are more. */
  public boolean deleteRevocations() {
    return Batch.delete(
        entities,
        "revocations",
        "id",
        "select id from revocations where expires_at <= ?1",
        Clocks.utc(clock));
  }
}

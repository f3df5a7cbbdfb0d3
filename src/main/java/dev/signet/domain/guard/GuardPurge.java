package dev.signet.domain.guard;

import dev.signet.base.settings.BlockSettings;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.database.Batch;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.stream.Stream;

/**
 * Deletes failures, sources and counts of accounts that are no longer needed, in batches that are
 * short transactions.
 */
@Stateless
public class GuardPurge {
  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private BlockSettings settings;
  private Clock clock;

  /** For the container's proxy. */
  public GuardPurge() {}

  @Inject
  GuardPurge(BlockSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  GuardPurge(EntityManager entities, BlockSettings settings, Clock clock) {
    this(settings, clock);
    this.entities = entities;
  }

  /** Deletes a batch of sources without recent blocks. Returns whether there may be more. */
  public boolean deleteSources() {
    return delete("sources", "network", "updated_at", Clocks.utc(clock).minus(settings.most()));
  }

  /** Deletes a batch of failures outside the window. Returns whether there are more. */
  public boolean deleteFailures() {
    return delete("failures", "id", "failed_at", Clocks.utc(clock).minus(settings.window()));
  }

  /** Deletes a batch of expired counts of accounts. Returns whether there may be more. */
  public boolean deleteAttempts() {
    return delete("account_attempts", "id", "expires_at", Clocks.utc(clock));
  }

  /** Deletes one batch of each kind, for tests. Returns whether there may be more. */
  boolean deleteBatch() {
    return Stream.of(deleteSources(), deleteFailures(), deleteAttempts()).anyMatch(more -> more);
  }

  private boolean delete(String table, String key, String time, OffsetDateTime until) {
    return Batch.delete(
        entities,
        table,
        key,
        "select %s from %s where %s <= ?1".formatted(key, table, time),
        until);
  }
}

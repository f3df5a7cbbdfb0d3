package dev.signet.guard;

import dev.signet.database.Batch;
import dev.signet.settings.BlockSettings;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Deletes failures, sources and counts of accounts that decide nothing any more, in batches that
 * are short transactions.
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

  /**
   * Deletes one batch of each kind.
   *
   * @return whether there may be more
   */
  public boolean deleteBatch() {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    // Sources before failures, as whoever counts has it: the other way round they could deadlock.
    boolean sources = delete("sources", "network", "updated_at", now.minus(settings.most()));
    boolean failures = delete("failures", "id", "failed_at", now.minus(settings.window()));
    boolean attempts = delete("account_attempts", "id", "expires_at", now);
    return sources || failures || attempts;
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

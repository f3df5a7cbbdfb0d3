package dev.signet.domain.guard;

import dev.signet.base.origin.Source;
import dev.signet.base.paging.Page;
import dev.signet.base.paging.PageQuery;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.BlockSettings;
import dev.signet.base.settings.value.Network;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.database.Database;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Failures and blocks in the database, which all nodes share. Each method is one transaction. The
 * row of a source is the lock for counting its failures, so that the limit is exact across all
 * nodes.
 */
@Stateless
public class StoredBlocks {
  /** Limits the blocks that every node keeps in memory. */
  private static final int MOST_OF_ADMINISTRATORS = 10_000;

  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private BlockSettings settings;
  private Clock clock;

  /** For the container's proxy. */
  public StoredBlocks() {}

  @Inject
  StoredBlocks(BlockSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  StoredBlocks(EntityManager entities, BlockSettings settings, Clock clock) {
    this(settings, clock);
    this.entities = entities;
  }

  /** Returns the time until which a source itself is blocked, not counting networks. */
  public Optional<Instant> blockedUntil(Source source) {
    Instant now = Clocks.now(clock);
    return Optional.ofNullable(entities.find(Suspect.class, source.key()))
        .filter(suspect -> suspect.isBlocked(now))
        .map(suspect -> suspect.block().until());
  }

  /**
   * Counts a failure of a source, and blocks it after too many. Concurrent failures of a source
   * that was just blocked are not counted.
   *
   * @return the block that this failure caused, if any
   * @throws Contended if another transaction has inserted the row concurrently
   */
  public Optional<Block> failed(Source source) {
    Suspect suspect = locked(source.key());
    Instant now = Clocks.now(clock);
    if (suspect.isBlocked(now)) {
      return Optional.empty();
    }
    entities
        .createNativeQuery("insert into failures (source, failed_at) values (?1, ?2)")
        .setParameter(1, source.key())
        .setParameter(2, utc(now))
        .executeUpdate();
    if (failuresSince(source, now.minus(settings.window())) < settings.failures()) {
      return Optional.empty();
    }
    entities
        .createNativeQuery("delete from failures where source = ?1")
        .setParameter(1, source.key())
        .executeUpdate();
    return Optional.of(suspect.block(now, settings));
  }

  private long failuresSince(Source source, Instant since) {
    return ((Number)
            entities
                .createNativeQuery(
                    "select count(*) from failures where source = ?1 and failed_at > ?2")
                .setParameter(1, source.key())
                .setParameter(2, utc(since))
                .getSingleResult())
        .longValue();
  }

  /**
   * Blocks a network on behalf of an administrator, and replaces an existing block.
   *
   * @throws Refusal {@link Problem#BLOCK_REFUSED} if there are too many blocks
   * @throws Contended if another transaction has inserted the row concurrently
   */
  public Block block(
      Network network, Duration length, String administrator, Optional<String> reason) {
    if (ofAdministrators().size() >= MOST_OF_ADMINISTRATORS) {
      throw new Refusal(
          Problem.BLOCK_REFUSED,
          "There are "
              + MOST_OF_ADMINISTRATORS
              + " blocks set by administrators, the maximum. Lift other blocks first.");
    }
    return locked(network.toString())
        .block(Clocks.now(clock), length, administrator, reason.orElse(null));
  }

  /** Ends a block and returns it; empty if it does not exist. */
  public Optional<Block> lift(String id) {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    Instant now = Clocks.now(clock);
    return entities
        .createQuery("select s from Suspect s where s.blockId = :id", Suspect.class)
        .setParameter("id", id)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst()
        .filter(suspect -> suspect.isBlocked(now))
        .map(
            suspect -> {
              Block block = suspect.block();
              suspect.lift(now);
              return block;
            });
  }

  /** Lists the active blocks, newest first. */
  public Page<Block> list(PageQuery query) {
    StringBuilder jpql = new StringBuilder("select s from Suspect s where s.blockedUntil > :now");
    if (query.after().isPresent()) {
      jpql.append(" and (s.blockedAt < :time or (s.blockedAt = :time and s.blockId < :id))");
    }
    TypedQuery<Suspect> select =
        entities
            .createQuery(
                jpql.append(" order by s.blockedAt desc, s.blockId desc").toString(), Suspect.class)
            .setParameter("now", utc(Clocks.now(clock)));
    query
        .after()
        .ifPresent(
            cursor ->
                select.setParameter("time", utc(cursor.time())).setParameter("id", cursor.id()));
    List<Block> found =
        select.setMaxResults(query.limit() + 1).getResultStream().map(Suspect::block).toList();
    return Page.of(
        found, query.limit(), last -> new PageQuery.Cursor(last.since(), last.id()).text());
  }

  /** Returns the number of active blocks. */
  public long count() {
    return entities
        .createQuery("select count(s) from Suspect s where s.blockedUntil > :now", Long.class)
        .setParameter("now", utc(Clocks.now(clock)))
        .getSingleResult();
  }

  /** Returns the blocks by administrators: sources and networks, in no order. */
  public List<Block> ofAdministrators() {
    return entities
        .createQuery(
            "select s from Suspect s where s.blockedBy is not null and s.blockedUntil > :now",
            Suspect.class)
        .setParameter("now", utc(Clocks.now(clock)))
        .getResultStream()
        .map(Suspect::block)
        .toList();
  }

  private Suspect locked(String network) {
    Suspect known = entities.find(Suspect.class, network, LockModeType.PESSIMISTIC_WRITE);
    if (known != null) {
      return known;
    }
    Suspect suspect = new Suspect(network, Clocks.now(clock));
    entities.persist(suspect);
    try {
      entities.flush();
    } catch (PersistenceException e) {
      throw Database.violatedConstraint(e).isPresent() ? new Contended() : e;
    }
    return suspect;
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}

package dev.signet.token;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Reads the stored revocations in the order in which they were made, page by page. Their times are
 * the database's, so that it does not matter which node made them.
 */
@Stateless
public class RevocationLog {
  /**
   * How long a transaction may take from making a revocation to its commit: this much is read again
   * each time, so that one that is committed late is not missed. Readers take it twice.
   */
  private static final Duration OVERLAP = Duration.ofSeconds(10);

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private Clock clock;

  /** For the container's proxy. */
  public RevocationLog() {}

  @Inject
  RevocationLog(Clock clock) {
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  RevocationLog(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * A part of the log.
   *
   * @param next where to read on, at once or later
   */
  public record Part(List<Revocation> revocations, Position next) {
    /** Whether there was no more. */
    boolean isLast() {
      return next.restart().isEmpty();
    }
  }

  /**
   * Where to read on: after this row.
   *
   * @param restart within a reading of several parts, where the next reading begins
   */
  public record Position(Instant createdAt, long id, Optional<Instant> restart) {
    static final Position START = new Position(Instant.EPOCH, 0, Optional.empty());
  }

  /** Reads those that still matter. */
  public Part read(Position after, int most) {
    Instant restart = after.restart().orElseGet(() -> databaseTime().minus(OVERLAP));
    List<RevocationRow> rows =
        entities
            .createQuery(
                "select r from RevocationRow r where r.createdAt >= :time"
                    + " and (r.createdAt > :time or r.id > :id) and r.expiresAt > :now"
                    + " order by r.createdAt, r.id",
                RevocationRow.class)
            .setParameter("time", after.createdAt().atOffset(ZoneOffset.UTC))
            .setParameter("id", after.id())
            .setParameter("now", clock.instant().atOffset(ZoneOffset.UTC))
            .setMaxResults(most)
            .getResultList();
    List<Revocation> revocations = rows.stream().map(RevocationRow::revocation).toList();
    entities.clear(); // Thousands of rows need not be compared at the commit.
    if (rows.size() < most) {
      return new Part(revocations, new Position(restart, 0, Optional.empty()));
    }
    RevocationRow last = rows.get(rows.size() - 1);
    return new Part(revocations, new Position(last.createdAt(), last.id(), Optional.of(restart)));
  }

  /** In whole seconds. */
  private Instant databaseTime() {
    Number seconds =
        (Number)
            entities
                .createNativeQuery("select extract(epoch from current_timestamp)")
                .getSingleResult();
    return Instant.ofEpochSecond(seconds.longValue());
  }
}

package dev.signet.domain.revocation;

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
 * Reads the stored revocations in the order of their creation, page by page. Their times are those
 * of the database, so that all nodes agree.
 */
@Stateless
public class RevocationLog {
  /**
   * The maximum time from the insertion of a revocation to its commit. Each reading repeats this
   * period, so that a late commit is not missed; readers accept repeated entries.
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
  public RevocationLog(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * A part of the log.
   *
   * @param next where the next reading continues
   */
  public record Part(List<Revocation> revocations, Position next) {
    /** Whether the log has no further entries at this time. */
    public boolean isLast() {
      return next.restart().isEmpty();
    }
  }

  /**
   * A position in the log: reading continues after this row.
   *
   * @param restart while a reading has several parts, where the next reading begins
   */
  public record Position(Instant createdAt, long id, Optional<Instant> restart) {
    public static final Position START = new Position(Instant.EPOCH, 0, Optional.empty());
  }

  /** Reads the revocations that have not expired. */
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
    entities.clear(); // Detached, so that thousands of rows are not compared at the commit.
    if (rows.size() < most) {
      return new Part(revocations, new Position(restart, 0, Optional.empty()));
    }
    RevocationRow last = rows.get(rows.size() - 1);
    return new Part(revocations, new Position(last.createdAt(), last.id(), Optional.of(restart)));
  }

  /** Returns the time of the database in whole seconds. */
  private Instant databaseTime() {
    Number seconds =
        (Number)
            entities
                .createNativeQuery("select extract(epoch from current_timestamp)")
                .getSingleResult();
    return Instant.ofEpochSecond(seconds.longValue());
  }
}

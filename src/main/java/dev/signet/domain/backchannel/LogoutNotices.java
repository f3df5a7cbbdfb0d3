package dev.signet.domain.backchannel;

import dev.signet.base.wiring.Clocks;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pending notifications of logouts. Each method is one transaction. */
@Stateless
public class LogoutNotices {
  /**
   * The pause between attempts starts at one second and doubles, so that the last attempt is about
   * an hour after the first.
   */
  static final int MOST_ATTEMPTS = 13;

  /** Longer than a notification takes: after this time, the node that took it has failed. */
  private static final Duration TAKEN = Duration.ofSeconds(30);

  private static final int SOME = 20;
  private static final int MANY = 500;

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private Clock clock;

  /** For the container's proxy. */
  public LogoutNotices() {}

  @Inject
  LogoutNotices(Clock clock) {
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  LogoutNotices(EntityManager entities, Clock clock) {
    this(clock);
    this.entities = entities;
  }

  /** Takes a notification that is due. Of concurrent threads and nodes, exactly one gets it. */
  public Optional<LogoutNotice> take() {
    OffsetDateTime now = Clocks.utc(clock);
    List<LogoutNotice> due =
        entities
            .createQuery(
                "select n from LogoutNotice n where n.nextAt <= :now order by n.nextAt, n.id",
                LogoutNotice.class)
            .setParameter("now", now)
            .setMaxResults(SOME)
            .getResultList();
    return due.stream().filter(notice -> isTaken(notice, now.plus(TAKEN))).findFirst();
  }

  private boolean isTaken(LogoutNotice notice, OffsetDateTime until) {
    return entities
            .createQuery(
                "update LogoutNotice n set n.attempts = n.attempts + 1, n.nextAt = :until"
                    + " where n.id = :id and n.nextAt = :was")
            .setParameter("until", until)
            .setParameter("id", notice.id())
            .setParameter("was", notice.nextAt())
            .executeUpdate()
        == 1;
  }

  /** Deletes a notification that was delivered or is no longer needed. */
  public void done(LogoutNotice notice) {
    entities
        .createQuery("delete from LogoutNotice n where n.id = :id")
        .setParameter("id", notice.id())
        .executeUpdate();
  }

  /**
   * Reschedules a notification that the client rejected.
   *
   * @return the notification, if it is given up
   */
  public List<LogoutNotice> failed(LogoutNotice notice) {
    int tried = notice.attempts() + 1;
    if (tried >= MOST_ATTEMPTS) {
      done(notice);
      return List.of(notice);
    }
    entities
        .createQuery("update LogoutNotice n set n.nextAt = :next where n.id = :id")
        .setParameter("next", next(Clocks.utc(clock), tried))
        .setParameter("id", notice.id())
        .executeUpdate();
    return List.of();
  }

  /**
   * Reschedules all notifications that are due to a client that does not respond, so that it does
   * not delay other clients once for each.
   *
   * @return the notifications that are given up
   */
  public List<LogoutNotice> unanswered(LogoutNotice notice) {
    List<LogoutNotice> givenUp = new ArrayList<>(failed(notice));
    OffsetDateTime now = Clocks.utc(clock);
    for (int tried = 1; tried < MOST_ATTEMPTS; tried++) {
      entities
          .createQuery(
              "update LogoutNotice n set n.attempts = :tried, n.nextAt = :next"
                  + " where n.clientId = :client and n.nextAt <= :now and n.attempts = :before")
          .setParameter("tried", tried)
          .setParameter("next", next(now, tried))
          .setParameter("client", notice.clientId())
          .setParameter("now", now)
          .setParameter("before", tried - 1)
          .executeUpdate();
    }
    List<LogoutNotice> last =
        entities
            .createQuery(
                "select n from LogoutNotice n where n.clientId = :client and n.nextAt <= :now",
                LogoutNotice.class)
            .setParameter("client", notice.clientId())
            .setParameter("now", now)
            .setMaxResults(MANY)
            .getResultList();
    last.stream()
        .filter(other -> isTaken(other, now.plus(TAKEN)))
        .forEach(
            other -> {
              done(other);
              givenUp.add(other);
            });
    return givenUp;
  }

  private static OffsetDateTime next(OffsetDateTime now, int tried) {
    return now.plusSeconds(1L << (tried - 1));
  }
}

package dev.signet.domain.guard;

import dev.signet.base.origin.Source;
import dev.signet.base.settings.LockSettings;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.database.Database;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Delays attempts at one account from many sources. A source with a recent login is known to the
 * account and has its own count, so that strangers cannot lock the owner out. All other sources
 * share one count. Each method is one transaction. The row of a count is the lock for its changes,
 * so that concurrent guesses cannot evade it.
 */
@Stateless
public class AccountLocks {
  private static final String STRANGERS = "";

  /** The maximum number of known sources of an account; the least recently used one is removed. */
  private static final int MOST_KNOWN = 20;

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private LockSettings settings;
  private Clock clock;

  /** For the container's proxy. */
  public AccountLocks() {}

  @Inject
  AccountLocks(LockSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  AccountLocks(EntityManager entities, LockSettings settings, Clock clock) {
    this(settings, clock);
    this.entities = entities;
  }

  /** The result of an attempt at an account. */
  public enum State {
    OPEN,
    /** The caller has to wait. The attempt was not evaluated and changed nothing. */
    LOCKED,
    /** This failure starts the delay of further attempts. */
    JUST_LOCKED
  }

  /**
   * Counts an attempt, unless the caller has to wait.
   *
   * @throws Contended if another transaction has inserted the row concurrently
   */
  public State attempt(Attempt attempt, Source source) {
    String account = attempt.account();
    Instant now = Clocks.now(clock);
    // Most logins need no write, and so no lock.
    if (attempt.right() && isKnown(account, source, now.plus(AccountAttempts.REMEMBERED), true)) {
      return State.OPEN;
    }
    AccountAttempts own =
        isKnown(account, source, now, false) ? locked(account, source.key()) : null;
    AccountAttempts count = own != null ? own : locked(account, STRANGERS);
    if (count != null && count.isLocked(now)) {
      return State.LOCKED;
    }
    if (!attempt.right()) {
      AccountAttempts counting = count != null ? count : add(account, STRANGERS, now);
      return counting.fail(now, settings) ? State.JUST_LOCKED : State.OPEN;
    }
    if (count != null) {
      count.reset();
    }
    know(own, account, source, now);
    return State.OPEN;
  }

  /**
   * Whether the source is known to the account. Reads without a lock, so that the shared row is
   * always locked before that of a source.
   *
   * @param until the time until which the source must stay known
   * @param clean whether it must have no failures
   */
  private boolean isKnown(String account, Source source, Instant until, boolean clean) {
    return entities
            .createQuery(
                "select count(a) from AccountAttempts a where a.id = :id and a.expiresAt > :until"
                    + (clean ? " and a.failures = 0" : ""),
                Long.class)
            .setParameter("id", AccountAttempts.id(account, source.key()))
            .setParameter("until", until.atOffset(ZoneOffset.UTC))
            .getSingleResult()
        > 0;
  }

  private AccountAttempts locked(String account, String source) {
    return entities.find(
        AccountAttempts.class, AccountAttempts.id(account, source), LockModeType.PESSIMISTIC_WRITE);
  }

  private void know(AccountAttempts own, String account, Source source, Instant now) {
    if (own != null) {
      own.know(now);
      return;
    }
    AccountAttempts former = locked(account, source.key());
    if (former == null) {
      add(account, source.key(), now).know(now);
      forgetOldest(account);
    } else {
      former.reset();
      former.know(now);
    }
  }

  private AccountAttempts add(String account, String source, Instant now) {
    AccountAttempts added = new AccountAttempts(account, source, now);
    entities.persist(added);
    try {
      entities.flush();
    } catch (PersistenceException e) {
      throw Database.violatedConstraint(e).isPresent() ? new Contended() : e;
    }
    return added;
  }

  private void forgetOldest(String account) {
    entities
        .createQuery(
            "select a from AccountAttempts a where a.account = :account and a.id <> :strangers"
                + " order by a.expiresAt desc",
            AccountAttempts.class)
        .setParameter("account", account)
        .setParameter("strangers", AccountAttempts.id(account, STRANGERS))
        .setFirstResult(MOST_KNOWN)
        .getResultList()
        .forEach(entities::remove);
  }
}

package dev.signet.domain.guard;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Brute-force protection. Call {@link #admit} before checking any credential, and report each guess
 * that was wrong: {@link #attempted} for a password, {@link #failed} for any other credential. A
 * correct credential that is refused for a different reason is no guess; the table in {@code
 * docs/security/guessing.md} lists both for every path. The guard commits its changes separately
 * from the request. Signet's own work, which has no source, is neither checked nor counted.
 */
@Shared
public class Guard {
  private final Blocks blocks;
  private final AccountLocks locks;
  private final AuditLog audit;
  private final Metrics metrics;
  private final Clock clock;

  @Inject
  Guard(Blocks blocks, AccountLocks locks, AuditLog audit, Metrics metrics, Clock clock) {
    this.blocks = blocks;
    this.locks = locks;
    this.audit = audit;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Allows a request to try a credential, unless its source is blocked.
   *
   * @throws Refusal {@link Problem#BLOCKED}
   */
  public void admit() {
    counted()
        .flatMap(blocks::until)
        .ifPresent(
            until -> {
              throw Refusal.retryAfter(
                  Problem.BLOCKED,
                  "There were too many failed attempts from your network. Try again later.",
                  Duration.between(clock.instant(), until));
            });
  }

  /** Reports a wrong credential. */
  public void failed() {
    counted()
        .ifPresent(
            source -> {
              blocks.failed(source);
              metrics.attemptFailed("source");
            });
  }

  /**
   * Reports the check of a password. Counts a failure for the account, whether it exists or not,
   * and for the source.
   *
   * @return whether the account is locked for the caller: then the correct password must be
   *     refused, too, with the same response
   */
  public boolean attempted(Attempt attempt) {
    boolean locked =
        Origin.current().source().map(source -> isLocked(attempt, source)).orElse(false);
    if (locked || !attempt.right()) {
      failed();
    }
    return locked;
  }

  private boolean isLocked(Attempt attempt, Source source) {
    AccountLocks.State state = Blocks.retried(() -> locks.attempt(attempt, source));
    if (state == AccountLocks.State.JUST_LOCKED) {
      SecurityEvent event = SecurityEvent.of(EventType.ACCOUNT_LOCKED);
      audit.record(attempt.user().map(event::subject).orElse(event.detail("no such user")));
    }
    boolean locked = state == AccountLocks.State.LOCKED;
    if (!locked && !attempt.right()) {
      metrics.attemptFailed("account");
    }
    return locked;
  }

  /** Returns the source of the request, if its failures count. */
  private Optional<Source> counted() {
    return Origin.current().source().filter(blocks::count);
  }
}

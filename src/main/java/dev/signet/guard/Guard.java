package dev.signet.guard;

import dev.signet.audit.AuditLog;
import dev.signet.audit.EventType;
import dev.signet.audit.SecurityEvent;
import dev.signet.origin.Origin;
import dev.signet.origin.Source;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Stops guessing. Whatever checks a credential asks {@link #admit} first, before anything costly,
 * and tells of each failure: {@link #attempted} for a password and a name, {@link #failed} for
 * everything else. What it writes is committed by itself, whatever becomes of the request. Signet's
 * own work, which has no source, is neither checked nor counted.
 */
@Shared
public class Guard {
  private final Blocks blocks;
  private final AccountLocks locks;
  private final AuditLog audit;
  private final Clock clock;

  @Inject
  Guard(Blocks blocks, AccountLocks locks, AuditLog audit, Clock clock) {
    this.blocks = blocks;
    this.locks = locks;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Lets a request try a credential, unless its source is blocked.
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
                  "Too many attempts from your network have failed. Wait, then try again.",
                  Duration.between(clock.instant(), until));
            });
  }

  /** The credential was wrong. */
  public void failed() {
    counted().ifPresent(blocks::failed);
  }

  /**
   * A password was checked, and was right or wrong. Counts a failure for the account, existing or
   * not, and for the source.
   *
   * @return whether the account is locked for whoever tried: the right password must be refused
   *     then, too, with the same answer
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
    return state == AccountLocks.State.LOCKED;
  }

  /** The source of the request, if its failures count. */
  private Optional<Source> counted() {
    return Origin.current().source().filter(blocks::count);
  }
}

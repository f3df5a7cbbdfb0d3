package dev.signet.domain.guard;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A guard that does what a test says, and remembers what it was told. */
public final class TestGuard extends Guard {
  private final List<Attempt> attempts = new ArrayList<>();
  private int failures;
  private boolean blocking;
  private boolean locking;
  private RuntimeException failure;

  public TestGuard() {
    super(null, null, null, null, null);
  }

  public void block() {
    blocking = true;
  }

  /** It cannot ask its database any more. */
  public void breakWith(RuntimeException e) {
    failure = e;
  }

  public void lock() {
    locking = true;
  }

  /** The passwords that were checked. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /** How often something else than a password was wrong. */
  public int failures() {
    return failures;
  }

  @Override
  public void admit() {
    if (failure != null) {
      throw failure;
    }
    if (blocking) {
      throw Refusal.retryAfter(Problem.BLOCKED, "Blocked.", Duration.ofSeconds(1));
    }
  }

  @Override
  public void failed() {
    failures++;
  }

  @Override
  public boolean attempted(Attempt attempt) {
    attempts.add(attempt);
    return locking;
  }
}

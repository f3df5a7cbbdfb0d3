package dev.signet.guard;

import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.settings.Settings.HashingSettings;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a bounded number of password hashes run at once, each of which takes tens of milliseconds
 * and megabytes, and a bounded number wait. A login flood can then neither exhaust the heap nor
 * keep every request thread.
 */
@Shared
public class HashingBulkhead {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Semaphore places;
  private final Semaphore turns;
  private final Duration timeout;

  @Inject
  HashingBulkhead(HashingSettings settings) {
    places = new Semaphore(settings.concurrency() + settings.waiting());
    turns = new Semaphore(settings.concurrency(), true);
    timeout = settings.timeout();
  }

  /**
   * Runs one hash when its turn comes.
   *
   * @throws Refusal {@link Problem#OVERLOADED} when too many wait, or the turn does not come in
   *     time
   */
  public <T> T run(Supplier<T> hash) {
    if (!places.tryAcquire()) {
      throw overloaded();
    }
    try {
      if (!turns.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw overloaded();
      }
      try {
        return hash.get();
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw overloaded();
    } finally {
      places.release();
    }
  }

  private static Refusal overloaded() {
    return Refusal.retryAfter(
        Problem.OVERLOADED, "Too many passwords are being checked. Try again soon.", RETRY_AFTER);
  }
}

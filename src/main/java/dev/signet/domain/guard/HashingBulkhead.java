package dev.signet.domain.guard;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.HashingSettings;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a bounded number of password hashes run at once, each of which takes tens of milliseconds
 * and megabytes, and a bounded number wait. A hash that needs more than its share of the memory
 * takes several turns. A login flood can then neither exhaust the heap nor keep every request
 * thread.
 */
@Shared
public class HashingBulkhead {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final HashingSettings settings;
  private final Semaphore places;
  private final Semaphore turns;
  private final Metrics metrics;

  @Inject
  HashingBulkhead(HashingSettings settings, Metrics metrics) {
    this.settings = settings;
    places = new Semaphore(settings.concurrency() + settings.waiting());
    turns = new Semaphore(settings.concurrency(), true);
    this.metrics = metrics;
    metrics.gauge(
        "signet_hashing_running",
        "Password hashes being computed",
        () -> settings.concurrency() - turns.availablePermits());
    metrics.gauge(
        "signet_hashing_waiting", "Requests waiting for a password hash", turns::getQueueLength);
  }

  /**
   * To be asked before whatever is needed for a hash is looked up: refusing must be cheap while all
   * is busy.
   *
   * @throws Refusal {@link Problem#OVERLOADED} when too many wait at this moment
   */
  public void admit() {
    if (places.availablePermits() == 0) {
      throw overloaded();
    }
  }

  /** Returns the KiB that all hashes together may take at the same time. */
  public int memory() {
    return settings.memory();
  }

  /**
   * Runs one hash when its turn comes.
   *
   * @param memory the KiB that the hash needs, at most {@link #memory}
   * @throws Refusal {@link Problem#OVERLOADED} when too many wait, or the turn does not come in
   *     time
   */
  public <T> T run(int memory, Supplier<T> hash) {
    int needed = turns(memory);
    if (!places.tryAcquire()) {
      throw overloaded();
    }
    try {
      if (!turns.tryAcquire(needed, settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
        throw overloaded();
      }
      long start = System.nanoTime();
      try {
        return hash.get();
      } finally {
        turns.release(needed);
        metrics.hashed(System.nanoTime() - start);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw overloaded();
    } finally {
      places.release();
    }
  }

  private int turns(int memory) {
    long share = settings.memory() / settings.concurrency();
    long needed = (memory + share - 1) / share;
    return (int) Math.max(1, Math.min(needed, settings.concurrency()));
  }

  private Refusal overloaded() {
    metrics.hashRefused();
    return Refusal.retryAfter(
        Problem.OVERLOADED,
        "Too many passwords are being checked. Try again shortly.",
        RETRY_AFTER);
  }
}

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
 * Limits the number of password hashes that run concurrently and that wait, because each takes tens
 * of milliseconds and megabytes. A hash that needs more than its share of the memory takes several
 * permits. A login flood can therefore neither exhaust the heap nor occupy all request threads.
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
   * Call this before reading the data for a hash, so that refusing is cheap under load.
   *
   * @throws Refusal {@link Problem#OVERLOADED} if too many requests are waiting
   */
  public void admit() {
    if (places.availablePermits() == 0) {
      throw overloaded();
    }
  }

  /** Returns the maximum memory of all concurrent hashes in KiB. */
  public int memory() {
    return settings.memory();
  }

  /**
   * Runs a hash as soon as permits are available.
   *
   * @param memory the KiB that the hash needs, at most {@link #memory}
   * @throws Refusal {@link Problem#OVERLOADED} if too many requests are waiting, or the wait takes
   *     too long
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

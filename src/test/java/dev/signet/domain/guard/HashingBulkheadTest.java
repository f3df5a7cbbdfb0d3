package dev.signet.domain.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.HashingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HashingBulkheadTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(10);

  /** KiB of one hash: as many as run at once fit. */
  private static final int SHARE = 1_024;

  private final Metrics metrics = new Metrics();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void resultIsHandedOn() {
    assertEquals("hash", bulkhead(1, 0, LONG).run(SHARE, () -> "hash"));
  }

  @Test
  void asManyAsAllowedRunAtOnce() throws Exception {
    HashingBulkhead bulkhead = bulkhead(3, 0, LONG);
    CountDownLatch running = new CountDownLatch(3);
    List<Future<Boolean>> hashes = new ArrayList<>();

    // Each waits for the other two: none would end if they took turns.
    for (int i = 0; i < 3; i++) {
      hashes.add(submit(() -> bulkhead.run(SHARE, () -> arriveAndAwait(running))));
    }

    for (Future<Boolean> hash : hashes) {
      assertTrue(hash.get());
    }
  }

  @Test
  void neverMoreThanAllowedRunAtOnce() throws Exception {
    HashingBulkhead bulkhead = bulkhead(2, 2, LONG);
    Busy one = new Busy(bulkhead);
    Busy two = new Busy(bulkhead);
    AtomicInteger run = new AtomicInteger();

    Thread third = waiting(() -> bulkhead.run(SHARE, run::incrementAndGet));
    Thread fourth = waiting(() -> bulkhead.run(SHARE, run::incrementAndGet));
    assertEquals(0, run.get());

    one.end();
    third.join();
    fourth.join();
    assertEquals(2, run.get());
    two.end();
  }

  @Test
  void hashThatNeedsTheMemoryOfTwoTakesTwoTurns() throws Exception {
    HashingBulkhead bulkhead = bulkhead(3, 2, LONG);
    Busy one = new Busy(bulkhead);
    Busy two = new Busy(bulkhead);
    AtomicInteger run = new AtomicInteger();

    Thread large = waiting(() -> bulkhead.run(SHARE + 1, run::incrementAndGet));
    assertEquals(0, run.get());

    one.end();
    large.join();
    assertEquals(1, run.get());
    two.end();
    assertEquals("all", bulkhead.run(3 * SHARE, () -> "all"));
  }

  @Test
  void furtherOnesAreRefusedAtOnceWhenNoneMayWait() throws Exception {
    HashingBulkhead bulkhead = bulkhead(2, 0, LONG);
    Busy one = new Busy(bulkhead);
    Busy two = new Busy(bulkhead);

    // If it waited, this would time out, because the other hashes never end.
    assertRefused(() -> bulkhead.run(SHARE, () -> "third"));

    one.end();
    assertEquals("third", bulkhead.run(SHARE, () -> "third"));
    two.end();
  }

  @Test
  void furtherOnesAreRefusedAtOnceWhenEnoughWait() throws Exception {
    HashingBulkhead bulkhead = bulkhead(1, 1, LONG);
    Busy busy = new Busy(bulkhead);
    AtomicInteger run = new AtomicInteger();
    Thread second = waiting(() -> bulkhead.run(SHARE, run::incrementAndGet));

    assertRefused(() -> bulkhead.run(SHARE, () -> "third"));

    busy.end();
    second.join();
    assertEquals(1, run.get());
  }

  @Test
  void whatRunsWaitsAndIsRefusedIsShown() throws Exception {
    HashingBulkhead bulkhead = bulkhead(1, 1, LONG);
    Busy busy = new Busy(bulkhead);
    Thread second = waiting(() -> bulkhead.run(SHARE, () -> "second"));
    assertRefused(() -> bulkhead.run(SHARE, () -> "third"));

    assertShown("signet_hashing_running 1.0");
    assertShown("signet_hashing_waiting 1.0");
    assertShown("signet_hashing_refused_total 1.0");

    busy.end();
    second.join();
    assertShown("signet_hashing_running 0.0");
    assertShown("signet_hashing_waiting 0.0");
    assertShown("signet_password_hash_seconds_count 2");
  }

  private void assertShown(String line) {
    String shown = metrics.expose(null).body();
    assertTrue(shown.contains("\n" + line + "\n"), shown);
  }

  @Test
  void oneWhoseTurnDoesNotComeInTimeIsRefused() throws Exception {
    HashingBulkhead bulkhead = bulkhead(1, 1, SHORT);
    Busy busy = new Busy(bulkhead);

    assertRefused(() -> bulkhead.run(SHARE, () -> "late"));
    // It has left its place to wait in, too: this one waits, and is not refused for lack of room.
    assertRefused(() -> bulkhead.run(SHARE, () -> "late"));

    busy.end();
    assertEquals("now", bulkhead.run(SHARE, () -> "now"));
  }

  @Test
  void placeIsFreeAfterAnException() {
    HashingBulkhead bulkhead = bulkhead(1, 0, SHORT);
    IllegalStateException fault = new IllegalStateException("fault");

    for (int i = 0; i < 3; i++) {
      assertEquals(
          fault,
          assertThrows(
              IllegalStateException.class,
              () ->
                  bulkhead.run(
                      SHARE,
                      () -> {
                        throw fault;
                      })));
    }

    assertEquals("hash", bulkhead.run(SHARE, () -> "hash"));
  }

  @Test
  void placeIsFreeAfterAnError() {
    HashingBulkhead bulkhead = bulkhead(1, 0, SHORT);

    assertThrows(
        StackOverflowError.class,
        () ->
            bulkhead.run(
                SHARE,
                () -> {
                  throw new StackOverflowError();
                }));

    assertEquals("hash", bulkhead.run(SHARE, () -> "hash"));
  }

  @Test
  void placesAreFreeAfterRefusals() throws Exception {
    HashingBulkhead bulkhead = bulkhead(1, 0, SHORT);
    Busy busy = new Busy(bulkhead);
    for (int i = 0; i < 10; i++) {
      assertRefused(() -> bulkhead.run(SHARE, () -> "refused"));
    }
    busy.end();

    assertEquals("hash", bulkhead.run(SHARE, () -> "hash"));
  }

  @Test
  void interruptedOneIsRefusedAndStaysInterrupted() {
    HashingBulkhead bulkhead = bulkhead(1, 0, LONG);

    Thread.currentThread().interrupt();
    assertRefused(() -> bulkhead.run(SHARE, () -> "hash"));

    assertTrue(Thread.interrupted());
    assertEquals("hash", bulkhead.run(SHARE, () -> "hash"));
  }

  private HashingBulkhead bulkhead(int concurrency, int waiting, Duration timeout) {
    return new HashingBulkhead(
        new HashingSettings(concurrency, waiting, timeout, concurrency * SHARE), metrics);
  }

  private static void assertRefused(Runnable hash) {
    Refusal refusal = assertThrows(Refusal.class, hash::run);
    assertEquals(Problem.OVERLOADED, refusal.problem());
    assertEquals(Optional.of(Duration.ofSeconds(1)), refusal.retryAfter());
  }

  private static boolean arriveAndAwait(CountDownLatch latch) {
    latch.countDown();
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> Future<T> submit(Callable<T> task) {
    return threads.submit(task);
  }

  /** A thread that has come to wait for its turn, or has ended because it need not. */
  private static Thread waiting(Runnable hash) {
    Thread thread = new Thread(hash);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
    return thread;
  }

  /** A hash that runs from here until it is told to end. */
  private final class Busy {
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Future<Boolean> hash;

    Busy(HashingBulkhead bulkhead) throws InterruptedException {
      CountDownLatch started = new CountDownLatch(1);
      hash =
          submit(
              () ->
                  bulkhead.run(
                      SHARE,
                      () -> {
                        started.countDown();
                        try {
                          return ending.await(1, TimeUnit.MINUTES);
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                      }));
      started.await();
    }

    void end() throws InterruptedException, ExecutionException {
      ending.countDown();
      assertTrue(hash.get());
    }
  }
}

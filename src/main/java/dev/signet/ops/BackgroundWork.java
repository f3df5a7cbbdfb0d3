package dev.signet.ops;

import dev.signet.client.UsedAssertions;
import dev.signet.database.Leases;
import dev.signet.guard.RateLimits;
import dev.signet.keys.Keys;
import dev.signet.token.Purge;
import dev.signet.token.Revocations;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What Signet does without being asked: on each node, or on one at a time under a lease. */
@Singleton
@jakarta.ejb.Startup
@DependsOn("Startup")
@TransactionManagement(TransactionManagementType.BEAN)
public class BackgroundWork {
  private static final String PURGE = "purge";

  /** In a row; the next run does the rest. */
  private static final int MOST_BATCHES = 100;

  @Resource private ManagedScheduledExecutorService executor;
  @Inject private Keys keys;
  @Inject private Revocations revocations;
  @Inject private Leases leases;
  @Inject private Purge purge;
  @Inject private UsedAssertions assertions;
  @Inject private RateLimits limits;

  private final List<Future<?>> work = new ArrayList<>();

  @PostConstruct
  void start() {
    repeat("following the keys", 1, keys::refresh);
    repeat("reading revocations", 1, revocations::catchUp);
    repeat("deleting what has expired", 60, this::purge);
  }

  @PreDestroy
  void stop() {
    work.forEach(future -> future.cancel(false));
  }

  private void repeat(String name, int seconds, Runnable chore) {
    work.add(
        executor.scheduleWithFixedDelay(
            new Chore(name, chore), seconds, seconds, TimeUnit.SECONDS));
  }

  private void purge() {
    int batches = 0;
    while (leases.take(PURGE) && deleteBatch() && batches < MOST_BATCHES) {
      batches++;
    }
  }

  private boolean deleteBatch() {
    boolean more = purge.deleteBatch();
    more |= assertions.deleteBatch();
    return limits.deleteBatch() || more;
  }
}

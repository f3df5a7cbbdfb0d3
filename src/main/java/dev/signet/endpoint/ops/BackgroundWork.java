package dev.signet.endpoint.ops;

import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.AuditTrail;
import dev.signet.domain.backchannel.BackchannelLogout;
import dev.signet.domain.client.Clients;
import dev.signet.domain.client.UsedProofs;
import dev.signet.domain.code.AuthorizationCodes;
import dev.signet.domain.code.DeviceCodes;
import dev.signet.domain.code.PushedRequests;
import dev.signet.domain.database.ClockCheck;
import dev.signet.domain.database.Leases;
import dev.signet.domain.guard.Blocks;
import dev.signet.domain.guard.GuardPurge;
import dev.signet.domain.guard.RateLimits;
import dev.signet.domain.keys.Keys;
import dev.signet.domain.revocation.Revocations;
import dev.signet.domain.session.Purge;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The background work of Signet: on each node, or on one node at a time under a lease. */
@Singleton
@jakarta.ejb.Startup
@DependsOn("Startup")
@TransactionManagement(TransactionManagementType.BEAN)
public class BackgroundWork {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String PURGE = "purge";

  /** Several threads, so that clients that do not respond delay others less. */
  private static final int TELLERS = 2;

  @Resource private ManagedScheduledExecutorService executor;
  @Inject private Keys keys;
  @Inject private Revocations revocations;
  @Inject private Leases leases;
  @Inject private ClockCheck clocks;
  @Inject private Purge purge;
  @Inject private AuthorizationCodes codes;
  @Inject private UsedProofs proofs;
  @Inject private DeviceCodes devices;
  @Inject private PushedRequests pushed;
  @Inject private Clients clients;
  @Inject private RateLimits limits;
  @Inject private Blocks blocks;
  @Inject private GuardPurge guardPurge;
  @Inject private BackchannelLogout logouts;
  @Inject private AuditLog audit;
  @Inject private AuditTrail trail;

  private final List<Future<?>> work = new ArrayList<>();
  private Chore storing;

  @PostConstruct
  void start() {
    repeat(new Chore("following the database's clock", clocks::follow), SECOND);
    repeat(new Chore("following the keys", keys::refresh), SECOND);
    repeat(new Chore("reading revocations", revocations::catchUp), SECOND);
    repeat(new Chore("reading blocks", blocks::catchUp), SECOND);
    for (int i = 0; i < TELLERS; i++) {
      repeat(new Chore("notifying clients of logouts", logouts::tell), SECOND);
    }
    repeat(purges(), SECOND.multipliedBy(60));
    storing = new Chore("storing security events", audit::store);
    repeat(storing, SECOND.dividedBy(5));
  }

  /** Ends the background work, and stores the waiting events. */
  @PreDestroy
  public void stop() {
    work.forEach(future -> future.cancel(false));
    storing.run(); // Stores the waiting events, after a run that is still in progress.
  }

  private void repeat(Runnable chore, Duration pause) {
    work.add(
        executor.scheduleWithFixedDelay(
            chore, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  private Purges purges() {
    return new Purges(() -> leases.take(PURGE))
        .add("authorization codes", codes::deleteBatch)
        .add("retired refresh tokens", purge::deleteRetiredTokens)
        .add("refresh tokens of ended sessions", purge::deleteEndedTokens)
        .add("ended sessions", purge::deleteSessions)
        .add("revocations", purge::deleteRevocations)
        .add("failed sources", guardPurge::deleteSources)
        .add("failed attempts", guardPurge::deleteFailures)
        .add("attempt counters of accounts", guardPurge::deleteAttempts)
        .add("buckets of rate limits", limits::deleteBatch)
        .add("used DPoP proofs", proofs::deleteBatch)
        .add("device codes", devices::deleteBatch)
        .add("pushed requests", pushed::deleteBatch)
        .add("unused clients", clients::deleteUnusedBatch)
        .add("audit records", trail::deleteBatch);
  }
}

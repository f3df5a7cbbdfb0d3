package dev.signet.ops;

import dev.signet.keys.Keys;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What has to be done again and again. A failure is logged once, and never ends the work. */
@Singleton
@jakarta.ejb.Startup
@DependsOn("Startup")
@TransactionManagement(TransactionManagementType.BEAN)
public class BackgroundWork {
  private static final Logger LOG = System.getLogger(BackgroundWork.class.getName());

  @Resource private ManagedScheduledExecutorService executor;
  @Inject private Keys keys;

  private ScheduledFuture<?> everySecond;
  private boolean failing;

  @PostConstruct
  void start() {
    everySecond = executor.scheduleWithFixedDelay(this::catchUp, 1, 1, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    everySecond.cancel(true);
  }

  private void catchUp() {
    try {
      keys.refresh();
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        failing = true;
        LOG.log(Level.WARNING, "The keys could not be brought up to date", e);
      }
    }
  }
}

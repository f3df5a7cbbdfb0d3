package dev.signet.endpoint.ops;

import dev.signet.domain.database.Database;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Repeated background work that survives every failure, including an {@link Error}, after which an
 * executor would stop repeating it. It logs the first of consecutive failures, and the next
 * success. A failure of the database is logged in one line, any other with its stack trace.
 */
final class Chore implements Runnable {
  private static final Logger LOG = System.getLogger(Chore.class.getName());

  private final String name;
  private final Runnable work;
  private boolean failing;

  Chore(String name, Runnable work) {
    this.name = name;
    this.work = work;
  }

  @Override
  public synchronized void run() {
    try {
      work.run();
      if (failing) {
        LOG.log(Level.INFO, "Background task works again: {0}", name);
        failing = false;
      }
    } catch (Throwable e) {
      if (!failing) {
        failing = true;
        log(e);
      }
    }
  }

  private void log(Throwable failure) {
    if (Database.isUnavailable(failure)) {
      LOG.log(Level.WARNING, "Background task fails: {0}: the database is unavailable", name);
    } else {
      LOG.log(Level.WARNING, "Background task fails: " + name, failure);
    }
  }

  synchronized boolean isFailing() {
    return failing;
  }
}

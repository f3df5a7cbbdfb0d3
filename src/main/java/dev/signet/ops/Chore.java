package dev.signet.ops;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Work that is done again and again, and may fail: an executor would stop repeating it. It logs the
 * first failure of a row, and the success that ends the row.
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
        LOG.log(Level.INFO, "Works again: {0}", name);
        failing = false;
      }
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.log(Level.WARNING, "Fails for now: " + name, e);
        failing = true;
      }
    }
  }

  synchronized boolean isFailing() {
    return failing;
  }
}

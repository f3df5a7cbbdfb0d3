package dev.signet.endpoint.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Deletes expired data, kind by kind. A failure of one kind does not stop the others. */
final class Purges implements Runnable {
  /** The maximum number of consecutive batches; the next run continues. */
  private static final int MOST_BATCHES = 100;

  private final BooleanSupplier lease;
  private final List<Chore> kinds = new ArrayList<>();

  /**
   * Creates it without kinds.
   *
   * @param lease takes or keeps the lease for this node, and returns whether the node has it
   */
  Purges(BooleanSupplier lease) {
    this.lease = lease;
  }

  /**
   * Adds a kind of data.
   *
   * @param batch deletes a batch, and returns whether there may be more
   */
  Purges add(String name, BooleanSupplier batch) {
    kinds.add(new Chore("deleting " + name, () -> deleteAll(batch)));
    return this;
  }

  @Override
  public void run() {
    kinds.forEach(Chore::run);
  }

  private void deleteAll(BooleanSupplier batch) {
    int batches = 0;
    while (batches < MOST_BATCHES && lease.getAsBoolean() && batch.getAsBoolean()) {
      batches++;
    }
  }
}

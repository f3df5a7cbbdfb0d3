package dev.signet.domain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Leases} promises on every database. */
class LeasesContract extends StoreContract {
  @BeforeEach
  void nobodyHasIt() throws SQLException {
    expire();
  }

  @Test
  void leaseIsOneNodesUntilItEnds() throws SQLException {
    assertTrue(take("ada"));
    assertFalse(take("bob"));
    assertTrue(take("ada"), "kept by who has it");

    expire();

    assertTrue(take("bob"));
    assertFalse(take("ada"));
  }

  @Test
  void leaseThatIsGivenBackIsForTheNext() {
    assertTrue(take("ada"));
    release("bob");
    assertFalse(take("bob"), "it was not his");

    release("ada");

    assertTrue(take("bob"));
  }

  private static void release(String node) {
    inTransaction(
        leases -> {
          leases.release("purge", node);
          return null;
        });
  }

  @Test
  void leaseThatDoesNotExistIsNobodys() {
    boolean taken = inTransaction(leases -> leases.take("other", "ada"));

    assertFalse(taken);
  }

  @Test
  void ofSimultaneousTakersOneGetsIt() throws Exception {
    AtomicInteger node = new AtomicInteger();

    List<Boolean> taken = Store.atOnce(8, () -> take("node-" + node.incrementAndGet()));

    assertEquals(1, Collections.frequency(taken, true));
  }

  private static boolean take(String node) {
    return inTransaction(leases -> leases.take("purge", node));
  }

  private static void expire() throws SQLException {
    store().execute("update leases set held_until = current_timestamp");
  }

  private static <T> T inTransaction(Function<Leases, T> work) {
    return store().inTransaction(entities -> work.apply(new Leases(entities)));
  }
}

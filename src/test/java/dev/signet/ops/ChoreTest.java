package dev.signet.ops;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ChoreTest {
  private boolean broken;
  private final Chore chore =
      new Chore(
          "counting",
          () -> {
            if (broken) {
              throw new IllegalStateException("broken");
            }
          });

  /** An executor repeats nothing that has thrown. */
  @Test
  void failureIsKeptFromTheExecutor() {
    broken = true;

    assertDoesNotThrow(chore::run);
  }

  /** Which is what decides whether a line is logged. */
  @Test
  void outageLastsFromItsFirstFailureToTheNextSuccess() {
    chore.run();
    assertFalse(chore.isFailing());
    broken = true;
    chore.run();
    chore.run();
    assertTrue(chore.isFailing());
    broken = false;
    chore.run();
    assertFalse(chore.isFailing());
  }
}

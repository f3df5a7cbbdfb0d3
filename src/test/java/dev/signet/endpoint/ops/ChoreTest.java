package dev.signet.endpoint.ops;

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

  /** Such as of a class that does not load, or of a stack that is too deep. */
  @Test
  void errorIsKeptFromTheExecutorToo() {
    Chore erring =
        new Chore(
            "erring",
            () -> {
              throw new StackOverflowError();
            });

    assertDoesNotThrow(erring::run);

    assertTrue(erring.isFailing());
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

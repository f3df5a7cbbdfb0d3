package dev.signet.base.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalTest {
  @Test
  void refusalIsItsProblemAndASentence() {
    Refusal refusal = new Refusal(Problem.NOT_FOUND, "The user does not exist.");

    assertEquals(Problem.NOT_FOUND, refusal.problem());
    assertEquals("The user does not exist.", refusal.getMessage());
    assertEquals(List.of(), refusal.errors());
    assertEquals(Optional.empty(), refusal.retryAfter());
  }

  @Test
  void memberAtFaultIsNamed() {
    Refusal refusal = Refusal.of(Problem.INVALID_INPUT, "email", "must be an email address");

    assertEquals("The input is not valid.", refusal.getMessage());
    assertEquals(List.of(new FieldError("email", "must be an email address")), refusal.errors());
  }

  @Test
  void membersAtFaultDoNotChangeLater() {
    List<FieldError> errors = new ArrayList<>(List.of(new FieldError("a", "b")));
    Refusal refusal = Refusal.of(Problem.INVALID_INPUT, "Detail.", errors);

    errors.clear();

    assertEquals(List.of(new FieldError("a", "b")), refusal.errors());
  }

  @Test
  void passingRefusalSaysWhenToTryAgain() {
    Refusal refusal = Refusal.retryAfter(Problem.OVERLOADED, "Later.", Duration.ofSeconds(3));

    assertEquals(Optional.of(Duration.ofSeconds(3)), refusal.retryAfter());
  }

  /** RFC 9110, section 10.2.3: a client that obeys Retry-After must not be too early. */
  @Test
  void secondsToWaitAreRoundedUp() {
    for (long millis : new long[] {0, 1, 1_000}) {
      assertEquals(Optional.of(1L), seconds(millis));
    }
    assertEquals(Optional.of(2L), seconds(1_001));
    assertEquals(Optional.empty(), new Refusal(Problem.NOT_FOUND, "No.").retryAfterSeconds());
  }

  private static Optional<Long> seconds(long millis) {
    return Refusal.retryAfter(Problem.OVERLOADED, "Later.", Duration.ofMillis(millis))
        .retryAfterSeconds();
  }

  /** Otherwise a container hides it in an exception of its own, and keeps what was written. */
  @Test
  void refusalRollsItsTransactionBackAndPassesAsItself() {
    assertTrue(Refusal.class.getAnnotation(ApplicationException.class).rollback());
  }

  /** It is an answer, not a fault: an attacker must not fill the heap or the log with traces. */
  @Test
  void refusalHasNoStackTrace() {
    assertEquals(0, new Refusal(Problem.NOT_FOUND, "No.").getStackTrace().length);
  }
}

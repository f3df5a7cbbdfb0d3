package dev.signet.base.problem;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request is refused. It rolls back the transaction, so changes that must persist are committed
 * before it is thrown.
 */
@ApplicationException(rollback = true)
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final transient List<FieldError> errors;
  private final Duration retryAfter;

  private Refusal(Problem problem, String detail, List<FieldError> errors, Duration retryAfter) {
    super(detail, null, false, false);
    this.problem = problem;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  /**
   * Refuses with a sentence for the caller.
   *
   * @param detail a public sentence, without secrets and internals
   */
  public Refusal(Problem problem, String detail) {
    this(problem, detail, List.of(), null);
  }

  /** Refuses input with several invalid members. */
  public static Refusal of(Problem problem, String detail, List<FieldError> errors) {
    return new Refusal(problem, detail, errors, null);
  }

  /** Refuses input with one invalid member. */
  public static Refusal of(Problem problem, String field, String message) {
    return of(problem, problem.title() + ".", List.of(new FieldError(field, message)));
  }

  /** Refuses temporarily. */
  public static Refusal retryAfter(Problem problem, String detail, Duration wait) {
    return new Refusal(problem, detail, List.of(), wait);
  }

  public Problem problem() {
    return problem;
  }

  public List<FieldError> errors() {
    return errors;
  }

  /** Returns when to try again after a temporary refusal. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Returns when to try again in whole seconds, rounded up (RFC 9110, section 10.2.3). */
  public Optional<Long> retryAfterSeconds() {
    return retryAfter().map(wait -> Math.max(1, wait.plusMillis(999).toSeconds()));
  }
}

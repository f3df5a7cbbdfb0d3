package dev.signet.base.problem;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request is refused. Rolls the transaction back: what must outlive a refusal is committed before
 * one is thrown.
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
   * @param detail public words: no secret, no internals
   */
  public Refusal(Problem problem, String detail) {
    this(problem, detail, List.of(), null);
  }

  /** Refuses input because of single members. */
  public static Refusal of(Problem problem, String detail, List<FieldError> errors) {
    return new Refusal(problem, detail, errors, null);
  }

  /** Refuses input because of one member. */
  public static Refusal of(Problem problem, String field, String message) {
    return of(problem, problem.title() + ".", List.of(new FieldError(field, message)));
  }

  /** Refuses for now. */
  public static Refusal retryAfter(Problem problem, String detail, Duration wait) {
    return new Refusal(problem, detail, List.of(), wait);
  }

  public Problem problem() {
    return problem;
  }

  public List<FieldError> errors() {
    return errors;
  }

  /** When to try again, for a refusal that will pass. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The same in whole seconds, and not sooner (RFC 9110, section 10.2.3). */
  public Optional<Long> retryAfterSeconds() {
    return retryAfter().map(wait -> Math.max(1, wait.plusMillis(999).toSeconds()));
  }
}

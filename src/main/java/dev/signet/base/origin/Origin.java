package dev.signet.base.origin;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The origin of the current thread's work: a request, or Signet itself. It is bound to the thread
 * until the response is written, so that counting and recording need no additional parameters.
 *
 * @param source the source of the request; empty for Signet's own work
 * @param userAgent the user agent of the request; may be empty
 * @param correlation the request ID, also for logs of other components; at most 64 characters
 * @param actor finds the identifier of the user who sent the request
 */
public record Origin(
    Optional<Source> source,
    String userAgent,
    String correlation,
    Supplier<Optional<String>> actor) {
  private static final ThreadLocal<Origin> CURRENT = new ThreadLocal<>();
  private static final Origin SIGNET = new Origin(Optional.empty(), "", "signet", Optional::empty);

  /** Returns the origin of this thread's work. */
  public static Origin current() {
    Origin current = CURRENT.get();
    return current == null ? SIGNET : current;
  }

  /** Sets the origin of the thread's work until {@link #leave}. */
  public void enter() {
    CURRENT.set(this);
  }

  /** Clears the origin at the end of a request. */
  public static void leave() {
    CURRENT.remove();
  }

  @Override
  public String toString() {
    return "Origin[" + source.map(Source::key).orElse("signet") + ", " + correlation + "]";
  }
}

package dev.signet.base.origin;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the work of this thread comes from: a request, or Signet itself. It stays with the thread
 * until the answer is given, so that what counts and records need not be handed it through
 * everything between.
 *
 * @param source of the request; empty for Signet's own work
 * @param userAgent what the client of the request calls itself; may be empty
 * @param correlation ties together what one request caused, here and in the logs around Signet; at
 *     most 64 characters
 * @param actor finds the identifier of the user whose access token came with the request
 */
public record Origin(
    Optional<Source> source,
    String userAgent,
    String correlation,
    Supplier<Optional<String>> actor) {
  private static final ThreadLocal<Origin> CURRENT = new ThreadLocal<>();
  private static final Origin SIGNET = new Origin(Optional.empty(), "", "signet", Optional::empty);

  /** Of this thread's work. */
  public static Origin current() {
    Origin current = CURRENT.get();
    return current == null ? SIGNET : current;
  }

  /** Makes this the origin of what the thread does until {@link #leave}. */
  public void enter() {
    CURRENT.set(this);
  }

  /** The request is over. */
  public static void leave() {
    CURRENT.remove();
  }

  @Override
  public String toString() {
    return "Origin[" + source.map(Source::key).orElse("signet") + ", " + correlation + "]";
  }
}

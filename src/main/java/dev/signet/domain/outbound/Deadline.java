package dev.signet.domain.outbound;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The time limit of a whole request, however slowly the other side responds. */
final class Deadline {
  private final long end;

  Deadline(Duration limit) {
    end = System.nanoTime() + limit.toNanos();
  }

  /**
   * Returns the remaining milliseconds, at least 1.
   *
   * @throws SocketTimeoutException if the time is over
   */
  int left() throws SocketTimeoutException {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("the request took too long");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}

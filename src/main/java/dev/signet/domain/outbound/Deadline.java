package dev.signet.domain.outbound;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** When all must be done, however slowly the other side talks. */
final class Deadline {
  private final long end;

  Deadline(Duration limit) {
    end = System.nanoTime() + limit.toNanos();
  }

  /**
   * Milliseconds that are left, at least 1.
   *
   * @throws SocketTimeoutException if none are
   */
  int left() throws SocketTimeoutException {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("the request took too long");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}

package dev.signet.domain.database;

import java.time.Instant;

/** The clock of a machine, which a test sets. */
final class TestNodeClock extends NodeClock {
  private volatile Instant now;

  TestNodeClock(Instant now) {
    this.now = now;
  }

  void set(Instant time) {
    now = time;
  }

  @Override
  public Instant instant() {
    return now;
  }
}

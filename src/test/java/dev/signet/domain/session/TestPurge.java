package dev.signet.domain.session;

import java.util.stream.Stream;

/** Deletes what has ended, as the background work of a node does. */
final class TestPurge {
  private TestPurge() {}

  /** Deletes one batch of each kind; returns whether there may be more. */
  static boolean deleteBatch(Purge purge) {
    return Stream.of(
            purge.deleteRetiredTokens(),
            purge.deleteEndedTokens(),
            purge.deleteSessions(),
            purge.deleteRevocations())
        .anyMatch(more -> more);
  }
}

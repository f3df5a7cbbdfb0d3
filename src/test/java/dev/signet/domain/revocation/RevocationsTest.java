package dev.signet.domain.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.TestClock;
import dev.signet.domain.jose.TestVerified;
import dev.signet.domain.revocation.RevocationLog.Part;
import dev.signet.domain.revocation.RevocationLog.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevocationsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.700Z");
  private static final Instant END = NOW.plusSeconds(960);

  private final TestClock clock = new TestClock(NOW);
  private final TestLog log = new TestLog();
  private final Revocations revocations = new Revocations(log, clock);

  @Test
  void nothingIsRevokedAtFirst() {
    assertFalse(covers("s1", "t1", "ada", NOW));
  }

  @Test
  void sessionCoversItsTokensOnly() {
    revoke(Revocation.ofSession("s1", END));

    assertTrue(covers("s1", "t1", "ada", NOW.plusSeconds(5)));
    assertFalse(covers("s2", "t1", "ada", NOW));
    assertFalse(covers(null, "s1", "s1", NOW));
  }

  @Test
  void tokenCoversItselfOnly() {
    revoke(Revocation.ofToken("t1", END));

    assertTrue(covers("s1", "t1", "ada", NOW));
    assertFalse(covers("t1", "t2", "t1", NOW));
  }

  @Test
  void userCoversWhatWasIssuedBefore() {
    revoke(Revocation.ofUser("ada", NOW, END));

    assertTrue(covers("s1", "t1", "ada", NOW.minusSeconds(1)));
    assertTrue(covers(null, "t1", "ada", NOW.minusSeconds(1)));
    assertFalse(covers("s1", "t1", "ada", NOW.plusSeconds(1)));
    assertFalse(covers(null, "t1", "ada", NOW.plusSeconds(1)));
    assertFalse(covers("s1", "t1", "bob", NOW.minusSeconds(1)));
  }

  /** A session of that second was revoked by itself, or has begun afterwards. */
  @Test
  void withinTheSecondOnlyTokensWithoutASessionAreCovered() {
    revoke(Revocation.ofUser("ada", NOW, END));

    assertTrue(covers(null, "t1", "ada", NOW));
    assertFalse(covers("s1", "t1", "ada", NOW));
  }

  @Test
  void laterRevocationOfAUserWins() {
    revoke(Revocation.ofUser("ada", NOW.plusSeconds(10), END.plusSeconds(10)));
    revoke(Revocation.ofUser("ada", NOW, END));

    assertTrue(covers("s1", "t1", "ada", NOW.plusSeconds(9)));
  }

  @Test
  void catchUpReadsAllParts() {
    log.parts(
        new Part(List.of(Revocation.ofToken("t1", END)), inside(1)),
        new Part(List.of(Revocation.ofToken("t2", END)), inside(2)),
        new Part(List.of(Revocation.ofToken("t3", END)), outside()));
    revocations.catchUp();

    for (String id : List.of("t1", "t2", "t3")) {
      assertTrue(covers("s1", id, "ada", NOW));
    }
    assertEquals(List.of(Position.START, inside(1), inside(2)), log.asked);
  }

  @Test
  void failedCatchUpGoesOnWhereItFailed() {
    log.parts(new Part(List.of(Revocation.ofToken("t1", END)), inside(1)));
    assertThrows(IllegalStateException.class, revocations::catchUp);
    assertTrue(covers("s1", "t1", "ada", NOW));

    log.parts(new Part(List.of(Revocation.ofToken("t2", END)), outside()));
    revocations.catchUp();

    assertEquals(inside(1), log.asked.get(log.asked.size() - 1));
    assertTrue(covers("s1", "t2", "ada", NOW));
  }

  @Test
  void whatHasExpiredIsForgotten() {
    revoke(Revocation.ofSession("s1", END));
    revoke(Revocation.ofToken("t1", END));
    revoke(Revocation.ofUser("ada", NOW, END));
    revoke(Revocation.ofToken("t2", END.plusSeconds(1)));
    clock.advance(Duration.between(NOW, END));
    log.parts(new Part(List.of(), outside()));
    revocations.catchUp();

    assertEquals("Revocations[0 sessions, 0 users, 1 tokens]", revocations.toString());
  }

  private static Position inside(long id) {
    return new Position(NOW, id, Optional.of(NOW));
  }

  private static Position outside() {
    return new Position(NOW, 0, Optional.empty());
  }

  private void revoke(Revocation revocation) {
    revocations.revoked(new Revoked(List.of(revocation)));
  }

  private boolean covers(String session, String id, String subject, Instant issuedAt) {
    return revocations.cover(TestVerified.token(session, id, subject, issuedAt));
  }

  /** Gives what it was told to, then fails. */
  private static final class TestLog extends RevocationLog {
    private final Deque<Part> parts = new ArrayDeque<>();
    private final java.util.ArrayList<Position> asked = new java.util.ArrayList<>();

    void parts(Part... more) {
      parts.addAll(Arrays.asList(more));
    }

    @Override
    public Part read(Position after, int most) {
      asked.add(after);
      if (parts.isEmpty()) {
        throw new IllegalStateException("the database is gone");
      }
      return parts.remove();
    }
  }
}

package dev.signet.domain.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.TestClock;
import dev.signet.domain.keys.TestKeys;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DpopNoncesTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final DpopNonces nonces = new DpopNonces(TestKeys.keys(), clock);

  @Test
  void nonceIsGoodForOneToTwoMinutes() {
    String nonce = nonces.current();

    assertTrue(nonces.accept(nonce));
    clock.advance(Duration.ofSeconds(119));
    assertTrue(nonces.accept(nonce));
    clock.advance(Duration.ofSeconds(1));
    assertFalse(nonces.accept(nonce));
  }

  @Test
  void nodesWithTheSameKeyKnowEachOthersNonces() {
    TestClock ahead = new TestClock(clock.instant().plusSeconds(60));
    DpopNonces other = new DpopNonces(TestKeys.keys(), ahead);

    assertTrue(nonces.accept(other.current()));
    assertTrue(other.accept(nonces.current()));
    DpopNonces stranger = new DpopNonces(TestKeys.keys(TestKeys.OTHER), clock);
    assertFalse(nonces.accept(stranger.current()));
    assertFalse(nonces.accept(""));
  }

  @Test
  void nonceFitsIntoAHeader() {
    assertTrue(nonces.current().matches("[A-Za-z0-9_-]{22}"), nonces.current());
    assertEquals(nonces.current(), nonces.current());
  }
}

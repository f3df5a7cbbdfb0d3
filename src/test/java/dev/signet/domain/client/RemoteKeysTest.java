package dev.signet.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.TestClock;
import dev.signet.domain.jose.ClientKeys;
import dev.signet.domain.jose.TestAssertions;
import dev.signet.domain.outbound.TestOutbound;
import dev.signet.domain.outbound.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RemoteKeysTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final RemoteKeys keys = new RemoteKeys(TestOutbound.toLoopback(), clock);
  private final Semaphore gate = new Semaphore(1);
  private volatile String body = TestAssertions.jwks("one");

  @RegisterExtension private final TestServer server = new TestServer(this::answer);

  @Test
  void keysAreRememberedForFiveMinutes() {
    assertTrue(has("one"));
    clock.advance(Duration.ofSeconds(299));
    assertTrue(has("one"));
    assertTrue(find(Optional.empty()), "whichever it is");
    assertEquals(1, server.requests());

    body = TestAssertions.jwks("two");
    clock.advance(Duration.ofSeconds(1));

    assertFalse(has("one"), "it was withdrawn");
    assertEquals(2, server.requests());
  }

  @Test
  void unknownKeyIsLookedForAtMostEveryThirtySeconds() {
    assertTrue(has("one"));
    assertFalse(has("two"));
    assertEquals(2, server.requests());
    body = TestAssertions.jwks("two");
    clock.advance(Duration.ofSeconds(29));
    assertFalse(has("two"));
    assertEquals(2, server.requests());

    clock.advance(Duration.ofSeconds(1));
    assertTrue(has("two"));
    assertFalse(has("three"));
    assertFalse(has("four"));
    assertEquals(3, server.requests());
  }

  /** The signature is by none of those that were known. */
  @Test
  void keysAreFetchedAnewForASignatureThatTheyRefuseAtMostEveryThirtySeconds() {
    ClientKeys first = keys.find(uri(), Optional.of("one")).orElseThrow();
    body = TestAssertions.jwks("one");

    ClientKeys second = keys.findNewer(uri(), first).orElseThrow();
    assertEquals(2, server.requests());
    assertEquals(Optional.of(second), keys.findNewer(uri(), first), "another thread has asked");
    assertEquals(Optional.empty(), keys.findNewer(uri(), second));
    assertEquals(2, server.requests());

    clock.advance(Duration.ofSeconds(30));
    assertTrue(keys.findNewer(uri(), second).isPresent());
    assertEquals(3, server.requests());
  }

  @Test
  void keysThatCannotBeFetchedAnewAreNoNewerOnes() {
    ClientKeys first = keys.find(uri(), Optional.of("one")).orElseThrow();
    server.setStatus(500);

    assertEquals(Optional.empty(), keys.findNewer(uri(), first));
    assertEquals(Optional.of(first), keys.find(uri(), Optional.of("one")));
    assertEquals(2, server.requests());
  }

  @Test
  void keyThatIsPublishedRightAfterAFirstUseIsFound() {
    assertTrue(has("one"));
    body = TestAssertions.jwks("two");

    assertTrue(has("two"));
    assertEquals(2, server.requests());
  }

  @Test
  void formerKeysOutliveAFailureUntilTheirTimeIsOver() {
    assertTrue(has("one"));
    server.setStatus(500);
    clock.advance(Duration.ofSeconds(200));
    assertFalse(has("two"));
    assertFalse(has("three"));
    assertEquals(2, server.requests(), "a failure is no reason to ask more often");
    assertTrue(has("one"));

    clock.advance(Duration.ofSeconds(99));
    assertTrue(has("one"));
    clock.advance(Duration.ofSeconds(1));
    assertFalse(has("one"), "it may have been withdrawn");
    assertEquals(3, server.requests());
  }

  @Test
  void failureIsRememberedForThirtySeconds() {
    server.setStatus(500);
    assertFalse(has("one"));
    server.setStatus(200);
    clock.advance(Duration.ofSeconds(29));
    assertFalse(has("one"));
    assertEquals(1, server.requests());

    clock.advance(Duration.ofSeconds(1));
    assertTrue(has("one"));
  }

  /** Any caller can send an assertion that names an unknown key. */
  @Test
  void whoseKeyIsKnownDoesNotWaitForAnUnknownOne() throws Exception {
    assertTrue(has("one"));
    gate.acquire();
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> has("two"));
    while (server.requests() < 2) {
      Thread.onSpinWait();
    }

    assertTrue(has("one"));
    assertFalse(waiting.isDone());
    gate.release();
    assertFalse(waiting.get());
  }

  @Test
  void notMoreThanSixteenWaitForKeys() throws Exception {
    gate.acquire();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Boolean>> waiting =
          Stream.generate(() -> threads.submit(() -> has("one"))).limit(17).toList();
      Future<Boolean> refused = null;
      while (refused == null) {
        refused = waiting.stream().filter(Future::isDone).findAny().orElse(null);
      }

      ExecutionException e = assertThrows(ExecutionException.class, refused::get);
      assertEquals(Problem.OVERLOADED, ((Refusal) e.getCause()).problem());
      gate.release();
      for (Future<Boolean> each : waiting) {
        assertTrue(each == refused || each.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void redirectIsNotFollowed() {
    server.setStatus(302);

    assertFalse(has("one"));
    assertEquals(1, server.requests());
  }

  @Test
  void whatIsNoSetOfPublicKeysIsOfNoUse() {
    for (String wrong : new String[] {"", "<html>", "{}", "{\"keys\":[]}", "x".repeat(65_537)}) {
      body = wrong;
      assertFalse(has("one"), wrong);
      clock.advance(Duration.ofMinutes(1));
    }
  }

  @Test
  void addressThatIsInsideIsNotAsked() {
    RemoteKeys strict = new RemoteKeys(TestOutbound.toPublicOnly(), clock);

    assertTrue(strict.find(uri(), Optional.empty()).isEmpty());
    assertEquals(0, server.requests());
  }

  private String answer() {
    gate.acquireUninterruptibly();
    gate.release();
    return body;
  }

  private boolean has(String keyId) {
    return keys.find(uri(), Optional.of(keyId)).filter(found -> found.have(keyId)).isPresent();
  }

  private boolean find(Optional<String> keyId) {
    return keys.find(uri(), keyId).isPresent();
  }

  private String uri() {
    return "http://localhost:" + server.port() + "/keys";
  }
}

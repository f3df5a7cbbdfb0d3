package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.freshName;
import static dev.signet.flow.TestUsers.login;
import static dev.signet.flow.TestUsers.refresh;
import static dev.signet.flow.TestUsers.register;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.flow.TestUsers.Tokens;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who register, log in, refresh and log out at a node, again and again until it is gone. It
 * remembers what the node has answered, and so must have done.
 */
final class Load {
  private static final int PEOPLE = 3;

  private final Client node;
  private final ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
  private final AtomicInteger rounds = new AtomicInteger();
  private final Queue<String> correlations = new ConcurrentLinkedQueue<>();
  private final Queue<String> registered = new ConcurrentLinkedQueue<>();
  private final Queue<Rotated> rotated = new ConcurrentLinkedQueue<>();
  private final Queue<Tokens> ended = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

  private record Rotated(Tokens former, Tokens next) {}

  Load(Client node) {
    this.node = node;
  }

  void start() {
    for (int i = 0; i < PEOPLE; i++) {
      threads.execute(this::goOn);
    }
  }

  int rounds() {
    assertTrue(faults.isEmpty(), faults::toString);
    return rounds.get();
  }

  /** Waits until all have noticed that the node is gone. */
  void awaitEnd() {
    threads.shutdown();
    try {
      assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    assertTrue(faults.isEmpty(), faults::toString);
  }

  /** Of all requests that were answered. */
  Queue<String> correlations() {
    return correlations;
  }

  /** Asks another node. */
  void assertNothingIsLost(Client other) {
    for (String name : registered) {
      assertEquals(200, login(other, name, PASSWORD).status(), name);
    }
    for (Rotated pair : rotated) {
      assertEquals(200, refresh(other, pair.next().refresh()).status());
      assertProblem(
          401,
          "invalid-refresh-token",
          refresh(other.from(TestUsers.freshAddress()), pair.former().refresh()));
    }
    for (Tokens tokens : ended) {
      assertProblem(401, "invalid-refresh-token", refresh(other, tokens.refresh()));
    }
    assertTrue(!registered.isEmpty() && !rotated.isEmpty() && !ended.isEmpty());
  }

  /** Whether another node refuses the access tokens of all who have logged out. */
  boolean isEndFelt(Client other) {
    return ended.stream()
        .map(tokens -> other.withToken(tokens.access()).get("/api/protected").status())
        .allMatch(status -> status == 401);
  }

  private void goOn() {
    try {
      while (true) {
        round();
      }
    } catch (UncheckedIOException e) {
      // The node is gone.
    } catch (RuntimeException | AssertionError e) {
      faults.add(e);
    }
  }

  private void round() {
    String name = freshName();
    answered(201, register(node, name, PASSWORD));
    registered.add(name);
    Tokens first = Tokens.of(answered(200, login(node, name, PASSWORD)));
    Tokens second = Tokens.of(answered(200, refresh(node, first.refresh())));
    if (rounds.incrementAndGet() % 2 == 0) {
      rotated.add(new Rotated(first, second));
    } else {
      Client caller = node.withToken(second.access());
      answered(204, caller.send(caller.request("/api/logout").POST(BodyPublishers.noBody())));
      ended.add(second);
    }
  }

  private Client.Reply answered(int status, Client.Reply reply) {
    assertEquals(status, reply.status(), reply::toString);
    correlations.add(reply.header("X-Request-Id").orElseThrow());
    return reply;
  }
}

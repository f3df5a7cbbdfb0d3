package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What a client can do, told as tests. A flow is an interface, so that one test class can deploy
 * Signet once and run many of them.
 */
interface Flow {
  /** Twice as many as a node has connections. */
  int CROWD = 48;

  /** Between two polls: long enough to leave the server some time. */
  Duration PAUSE = Duration.ofMillis(20);

  /** A client without a token. */
  default Client client() {
    return Client.of(System.getProperty(ServerSession.URL));
  }

  /** Sends a body as it is, in the name of JSON. */
  default Client.Reply postText(String path, String body) {
    return client().send(json(path).POST(BodyPublishers.ofString(body)));
  }

  /** A request whose body will be JSON. */
  default HttpRequest.Builder json(String path) {
    return client().request(path).header("Content-Type", "application/json");
  }

  /** Asks again and again until it holds. */
  default void await(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> "not within " + limit);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Twice as many requests at once as a node has connections, each of which writes. */
  default List<Client.Reply> crowd(Client client) {
    return atOnce(Collections.nCopies(CROWD, () -> client.patch("/api/me", Map.of())));
  }

  /** Does it all at the same time, and returns the results in order. */
  default <T> List<T> atOnce(List<Callable<T>> attempts) {
    ExecutorService threads = Executors.newFixedThreadPool(attempts.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(attempts)) {
        results.add(result.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }
}

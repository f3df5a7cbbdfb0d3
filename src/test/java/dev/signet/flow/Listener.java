package dev.signet.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client's endpoint on this machine: it notes what it gets, and answers as it is told to. */
final class Listener implements AutoCloseable {
  private final HttpServer server;
  private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private final Iterator<Integer> statuses;

  /**
   * Starts one.
   *
   * @param first the status codes of its first answers; then it answers 200
   */
  Listener(Integer... first) {
    statuses = List.of(first).iterator();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort() + "/told";
  }

  /** The next body that comes. */
  String next() throws InterruptedException {
    String body = bodies.poll(30, TimeUnit.SECONDS);
    if (body == null) {
      throw new AssertionError("nothing came");
    }
    return body;
  }

  boolean hasMore() {
    return !bodies.isEmpty();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(statuses.hasNext() ? statuses.next() : 200, -1);
    exchange.close();
    bodies.add(exchange.getRequestMethod() + " " + body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

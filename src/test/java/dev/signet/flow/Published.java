package dev.signet.flow;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * A document that a test publishes on this computer. The server under test may go to {@code
 * localhost}, and to {@code 127.0.0.1} it may not.
 */
record Published(HttpServer server, AtomicInteger count, AtomicReference<byte[]> body)
    implements AutoCloseable {
  static Published of(String document) {
    return serving(document, "text/plain");
  }

  /** Publishes a JSON document that depends on its own address. */
  static Published json(UnaryOperator<String> document) {
    Published published = serving("", "application/json");
    published.replace(document.apply(published.uri("localhost")));
    return published;
  }

  private static Published serving(String document, String type) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Published published = new Published(server, new AtomicInteger(), new AtomicReference<>());
      published.replace(document);
      server.createContext(
          "/",
          exchange -> {
            published.count.incrementAndGet();
            byte[] body = published.body.get();
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      return published;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Publishes another document in its place. */
  void replace(String document) {
    body.set(document.getBytes(StandardCharsets.UTF_8));
  }

  String uri(String host) {
    return "http://" + host + ":" + server.getAddress().getPort() + "/document";
  }

  /** Returns the number of requests for it. */
  int requests() {
    return count.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

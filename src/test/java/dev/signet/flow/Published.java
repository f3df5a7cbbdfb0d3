package dev.signet.flow;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A document that somebody publishes on this computer. The server under test may go to {@code
 * localhost}, and to {@code 127.0.0.1} it may not.
 */
record Published(HttpServer server, AtomicInteger count) implements AutoCloseable {
  static Published of(String document) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      AtomicInteger count = new AtomicInteger();
      byte[] body = document.getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/",
          exchange -> {
            count.incrementAndGet();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      return new Published(server, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Publishes a JSON document that depends on its own address. */
  static Published json(UnaryOperator<String> document) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Published published = new Published(server, new AtomicInteger());
      byte[] body = document.apply(published.uri("localhost")).getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/document",
          exchange -> {
            published.count.incrementAndGet();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
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

  String uri(String host) {
    return "http://" + host + ":" + server.getAddress().getPort() + "/document";
  }

  /** How often somebody has asked for it. */
  int requests() {
    return count.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package dev.signet.domain.outbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server on this computer, which runs for each test of a class; it counts its requests. */
public final class TestServer implements BeforeEachCallback, AfterEachCallback {
  private final AtomicInteger requests = new AtomicInteger();
  private final Map<String, String> headers =
      new ConcurrentHashMap<>(Map.of("Location", "/elsewhere"));
  private final Supplier<String> body;
  private volatile int status = 200;
  private HttpServer server;

  /**
   * Describes one.
   *
   * @param body of its next answer; called after the request is counted
   */
  public TestServer(Supplier<String> body) {
    this.body = body;
  }

  public void setStatus(int code) {
    status = code;
  }

  public void setHeader(String name, String value) {
    headers.put(name, value);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** How many have come. */
  public int requests() {
    return requests.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
    headers.forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    server.stop(0);
  }
}

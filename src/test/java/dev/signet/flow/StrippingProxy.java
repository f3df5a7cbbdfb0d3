package dev.signet.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A reverse proxy that publishes Signet below a path, and removes that path from requests. */
record StrippingProxy(HttpServer server) implements AutoCloseable {
  private static final String PATH = "/id";

  static StrippingProxy of(Client signet) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(PATH + "/", exchange -> forward(signet, exchange));
      server.start();
      return new StrippingProxy(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client of Signet behind the proxy. */
  Client client() {
    return Client.of("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  private static void forward(Client signet, HttpExchange exchange) throws IOException {
    try (exchange) {
      Client.Reply reply = signet.get(exchange.getRequestURI().toString().substring(PATH.length()));
      Optional<String> location = reply.header("Location");
      location.ifPresent(target -> exchange.getResponseHeaders().set("Location", target));
      byte[] body = reply.response().body().getBytes(UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

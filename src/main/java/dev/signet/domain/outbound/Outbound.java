package dev.signet.domain.outbound;

import dev.signet.base.settings.OutboundSettings;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends requests to URLs that clients have chosen. It connects to exactly the address that was
 * checked, while TLS verifies the host name: {@code java.net.http} would resolve the name a second
 * time, for which an attacker's name server could return a different address. Redirects are not
 * followed, proxies are not used, and connections are not kept alive.
 *
 * <p>Connecting takes at most 2 seconds, a whole request 5; only the resolution of the name is
 * limited by the system's resolver. Never call it within a transaction.
 */
@Shared
public class Outbound {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration WHOLE = Duration.ofSeconds(5);

  private final Destinations destinations;
  private final SSLSocketFactory tls;
  private final Duration whole;

  @Inject
  Outbound(OutboundSettings settings) {
    this(
        new Destinations(settings, InetAddress::getAllByName),
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        WHOLE);
  }

  /** For tests with their own host names, certificates and limits. */
  Outbound(Destinations destinations, SSLSocketFactory tls, Duration whole) {
    this.destinations = destinations;
    this.tls = tls;
    this.whole = whole;
  }

  /**
   * Sends a GET request.
   *
   * @throws RefusedDestination if the address is internal and not listed
   * @throws IOException if there is no response within the limits
   */
  public Answer get(URI uri) throws IOException {
    return send(uri, "GET", "", new byte[0]);
  }

  /**
   * Posts a form.
   *
   * @throws RefusedDestination if the address is internal and not listed
   * @throws IOException if there is no response within the limits
   */
  public Answer post(URI uri, Map<String, String> form) throws IOException {
    byte[] body =
        form.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"))
            .getBytes(StandardCharsets.US_ASCII);
    String headers =
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + body.length
            + "\r\n";
    return send(uri, "POST", headers, body);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer send(URI uri, String method, String headers, byte[] body) throws IOException {
    List<InetAddress> addresses = destinations.admit(uri);
    Deadline deadline = new Deadline(whole);
    try (Socket socket = connect(uri, addresses, deadline)) {
      OutputStream out = socket.getOutputStream();
      out.write((head(uri, method) + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      return Response.read(socket.getInputStream());
    }
  }

  private static String head(URI uri, String method) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return "%s %s%s HTTP/1.1\r\nHost: %s%s\r\n".formatted(method, path, query, uri.getHost(), port)
        + "User-Agent: Signet\r\nAccept: */*\r\nConnection: close\r\n";
  }

  private Socket connect(URI uri, List<InetAddress> addresses, Deadline deadline)
      throws IOException {
    boolean isHttps = uri.getScheme().toLowerCase(Locale.ROOT).equals("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : isHttps ? 443 : 80;
    Socket socket = connect(addresses, port, deadline);
    if (!isHttps) {
      return socket;
    }
    try {
      return secure(socket, uri.getHost(), port);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Connects to the first address that responds. */
  private static Socket connect(List<InetAddress> addresses, int port, Deadline deadline)
      throws IOException {
    IOException last = new IOException("the host name has no address");
    for (InetAddress address : addresses) {
      Socket socket = new TimedSocket(deadline);
      try {
        int limit = (int) Math.min(CONNECT.toMillis(), deadline.left());
        socket.connect(new InetSocketAddress(address, port), limit);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last;
  }

  private Socket secure(Socket socket, String host, int port) throws IOException {
    // The brackets of an IPv6 address are only for URIs.
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    SSLSocket secure = (SSLSocket) tls.createSocket(socket, name, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }
}

package dev.signet.web.route;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests and responses as far as Signet uses them; the first other use of one fails. */
public final class TestHttp {
  private static final String PEER = "198.51.100.9";

  private TestHttp() {}

  public static HttpServletRequest request(String... authorization) {
    return request("/signet/api/me", false, authorization);
  }

  public static HttpServletRequest request(String uri, boolean secure, String... authorization) {
    return request("GET", uri, secure, PEER, Map.of("Authorization", List.of(authorization)));
  }

  /** A request that did not come over TLS, from that address, with one header. */
  public static HttpServletRequest plain(String peer, String header, String value) {
    return request("GET", "/signet/", false, peer, Map.of(header, List.of(value)));
  }

  /** A request with these headers, over TLS. */
  public static HttpServletRequest request(
      String method, String uri, Map<String, List<String>> headers) {
    return request(method, uri, true, PEER, headers);
  }

  private static HttpServletRequest request(
      String httpMethod,
      String uri,
      boolean secure,
      String peer,
      Map<String, List<String>> headers) {
    Map<String, Object> attributes = new HashMap<>();
    return proxy(
        HttpServletRequest.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getMethod" -> httpMethod;
              case "getHeaders" ->
                  Collections.enumeration(headers.getOrDefault(arguments[0], List.of()));
              case "getHeader" ->
                  headers.getOrDefault(arguments[0], List.of()).stream().findFirst().orElse(null);
              case "getAttribute" -> attributes.get(arguments[0]);
              case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
              case "getRequestURI" -> uri;
              case "getContextPath" -> "/signet";
              case "getServletPath" -> uri.substring("/signet".length());
              case "isSecure" -> secure;
              case "getLocalPort" -> secure ? 8443 : 8080;
              case "getRemoteAddr" -> peer;
              case "getUserPrincipal", "getRemoteUser", "getAuthType" -> null;
              case "isUserInRole" -> false;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  /** What was answered. */
  public static final class Answer {
    private final Map<String, String> headers = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status = 200;
    private boolean committed;

    public HttpServletResponse response() {
      return proxy(
          HttpServletResponse.class,
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "setStatus", "sendError" -> {
                  status = (Integer) arguments[0];
                  yield null;
                }
                case "addHeader", "setHeader" ->
                    headers.put((String) arguments[0], (String) arguments[1]);
                case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
                case "setContentLength" ->
                    headers.put("Content-Length", String.valueOf(arguments[0]));
                case "getOutputStream" -> new Bytes(body);
                case "flushBuffer" -> {
                  committed = true;
                  yield null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
              });
    }

    public int status() {
      return status;
    }

    public String header(String name) {
      return headers.get(name);
    }

    public String body() {
      return body.toString(StandardCharsets.UTF_8);
    }

    public boolean isCommitted() {
      return committed;
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(TestHttp.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static final class Bytes extends ServletOutputStream {
    private final ByteArrayOutputStream out;

    Bytes(ByteArrayOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) {
      out.write(b);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}

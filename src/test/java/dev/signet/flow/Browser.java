package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A browser as far as cookies go: it keeps them, and sends them along where they belong. */
final class Browser {
  static final String ACCESS = "__Host-signet-access";
  static final String REFRESH = "__Secure-signet-refresh";
  static final String CSRF = "__Host-signet-csrf";
  static final String CSRF_HEADER = "X-CSRF-Token";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Client client;
  private final Map<String, Cookie> jar = new LinkedHashMap<>();

  /** What the server said of one cookie. */
  record Cookie(String name, String value, Map<String, String> attributes) {
    static Cookie parse(String text) {
      String[] parts = text.split(";", -1);
      Map<String, String> attributes = new LinkedHashMap<>();
      for (int i = 1; i < parts.length; i++) {
        String[] pair = parts[i].strip().split("=", 2);
        attributes.put(pair[0], pair.length == 2 ? pair[1] : "");
      }
      String[] pair = parts[0].split("=", 2);
      return new Cookie(pair[0], pair[1], attributes);
    }

    boolean isRemoval() {
      return "0".equals(attributes.get("Max-Age"));
    }
  }

  Browser(Client client) {
    this.client = client;
  }

  /** With the session of a new user. */
  static Browser loggedIn(Client anonymous) {
    String name = TestUsers.freshName();
    assertEquals(201, TestUsers.register(anonymous, name, TestUsers.PASSWORD).status());
    Browser browser = new Browser(anonymous);
    Client.Reply reply = browser.logIn(name);
    assertEquals(200, reply.status(), reply::toString);
    return browser;
  }

  Client.Reply logIn(String name) {
    return send(
        "POST",
        "/api/login",
        Map.of("username", name, "password", TestUsers.PASSWORD, "delivery", "cookie"),
        Map.of("Origin", client.baseUrl()));
  }

  Client.Reply get(String path) {
    return send("GET", path, null, Map.of());
  }

  /** As a script of our own page sends it. */
  Client.Reply send(String method, String path, Object body) {
    return send(
        method,
        path,
        body,
        Map.of(
            CSRF_HEADER, value(CSRF), "Origin", client.baseUrl(), "Sec-Fetch-Site", "same-origin"));
  }

  /** With cookies and just these headers, as any page could make a browser send it. */
  Client.Reply send(String method, String path, Object body, Map<String, String> headers) {
    HttpRequest.Builder request = client.request(path);
    headers.forEach(request::header);
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(text(body)));
    }
    return send(path, request);
  }

  /** Sends a form, with cookies and just these headers. */
  Client.Reply submit(String path, Map<String, String> form, Map<String, String> headers) {
    HttpRequest.Builder request = TestClients.form(client, path, TestClients.encoded(form));
    headers.forEach(request::setHeader);
    return send(path, request);
  }

  private Client.Reply send(String path, HttpRequest.Builder request) {
    String cookies =
        jar.values().stream()
            .filter(cookie -> path.startsWith(cookie.attributes().getOrDefault("Path", "/")))
            .map(cookie -> cookie.name() + "=" + cookie.value())
            .collect(Collectors.joining("; "));
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookies);
    }
    Client.Reply reply = client.send(request);
    cookies(reply).forEach(cookie -> keep(cookie));
    return reply;
  }

  /** The cookies that an answer sets or removes. */
  static List<Cookie> cookies(Client.Reply reply) {
    return reply.response().headers().allValues("Set-Cookie").stream().map(Cookie::parse).toList();
  }

  Cookie cookie(String name) {
    return Optional.ofNullable(jar.get(name))
        .orElseThrow(() -> new AssertionError("No cookie " + name + " in " + jar.keySet()));
  }

  String value(String name) {
    return cookie(name).value();
  }

  /** Puts a cookie there by hand. */
  void plant(String name, String value) {
    keep(new Cookie(name, value, Map.of("Path", name.equals(REFRESH) ? "/api/refresh" : "/")));
  }

  boolean isEmpty() {
    return jar.isEmpty();
  }

  private void keep(Cookie cookie) {
    if (cookie.isRemoval()) {
      jar.remove(cookie.name());
    } else {
      jar.put(cookie.name(), cookie);
    }
  }

  private static String text(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}

package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that all responses have, and headers that no response has. */
interface HeadersFlow extends Flow {
  /** Answers of pages, resources, the mechanism, filters and the server itself. */
  @ParameterizedTest
  @CsvSource({
    "GET, /, , 200",
    "GET, /docs, , 302",
    "GET, /docs/, , 200",
    "GET, /example/app.js, , 200",
    "GET, /docs/problems.html, , 200",
    "GET, /.well-known/jwks.json, , 200",
    "GET, /api/openapi, , 200",
    "GET, /api/health/live, , 200",
    "GET, /api/me, own, 200",
    "GET, /api/me, , 401",
    "GET, /api/me, bad, 401",
    "GET, /.well-known/jwks.json, bad, 200",
    "GET, /oauth2/userinfo, bad, 401",
    "GET, /oauth2/userinfo, , 401",
    "POST, /oauth2/token, , 415",
    "GET, /api/users, own, 403",
    "GET, /api/unknown, , 404",
    "GET, /unknown, , 404",
    "GET, /error, , 404",
    "GET, /.well-known/unknown, , 404",
    "DELETE, /api/login, , 405",
    "POST, /api/login, , 415",
    "PATCH, /api/me, own, 415",
    "GET, /metrics, , 401",
    "GET, /metrics, own, 403",
    "GET, /metrics, secret, 200",
    "DELETE, /metrics, secret, 405"
  })
  default void everyAnswerHasTheSecurityHeaders(
      String method, String path, String token, int status) {
    Client.Reply reply = send(caller(token).request(path), method);

    assertEquals(status, reply.status(), reply::toString);
    assertEquals(Optional.of("nosniff"), reply.header("X-Content-Type-Options"), reply::toString);
    List<String> dates = reply.response().headers().allValues("Date");
    assertEquals(1, dates.size(), reply::toString); // RFC 9110, section 6.6.1
    assertTrue(dates.get(0).matches("\\w{3}, \\d{2} \\w{3} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT"));
    assertEquals(List.of("DENY"), reply.response().headers().allValues("X-Frame-Options"));
    assertEquals(Optional.of("no-referrer"), reply.header("Referrer-Policy"), reply::toString);
    assertEquals(Optional.of("same-origin"), reply.header("Cross-Origin-Opener-Policy"));
    assertEquals(Optional.of("same-origin"), reply.header("Cross-Origin-Resource-Policy"));
    assertTrue(reply.header("Permissions-Policy").orElse("").contains("camera=()"));
    String policy = reply.header("Content-Security-Policy").orElse("");
    assertTrue(policy.contains("default-src 'none'"), reply::toString);
    assertTrue(policy.contains("frame-ancestors 'none'"), reply::toString);
    assertFalse(policy.contains("unsafe"), reply::toString);
    assertEquals(Optional.empty(), reply.header("Strict-Transport-Security"), reply::toString);
    boolean secret =
        path.startsWith("/api/") || path.startsWith("/oauth2/") || path.startsWith("/metrics");
    assertEquals(secret, reply.header("Cache-Control").equals(Optional.of("no-store")));
    for (String talkative : List.of("Server", "X-Powered-By", "Via")) {
      assertEquals(Optional.empty(), reply.header(talkative), reply::toString);
    }
    assertTellsNothing(reply.response().headers().map().toString());
  }

  /** The tests are a trusted proxy, at which TLS may end. */
  @ParameterizedTest
  @CsvSource({"/, ", "/api/health/live, ", "/api/me, bad", "/unknown, "})
  default void behindTlsHttpsIsAskedFor(String path, String token) {
    Client.Reply reply =
        send(caller(token).request(path).header("X-Forwarded-Proto", "https"), "GET");

    assertEquals(Optional.of("max-age=31536000"), reply.header("Strict-Transport-Security"));
  }

  @Test
  default void pageOfAnErrorHasTheHeadersToo() {
    Client.Reply reply =
        client().send(client().request("/unknown").setHeader("Accept", "text/html"));

    assertTrue(reply.header("Content-Type").orElse("").startsWith("text/html"), reply::toString);
    assertEquals(Optional.of("nosniff"), reply.header("X-Content-Type-Options"));
    assertTrue(reply.header("Content-Security-Policy").isPresent());
  }

  /** What never reaches Signet is answered by the server, each in its way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1",
        "GET /%00 HTTP/1.1",
        "GET /../../etc/passwd HTTP/1.1",
        "GET /WEB-INF/web.xml HTTP/1.1",
        "GET /META-INF/MANIFEST.MF HTTP/1.1",
        "TRACE / HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "NONSENSE / HTTP/1.1",
        "POST /api/login HTTP/1.1\r\nContent-Length: two"
      })
  default void serverDoesNotTellWhatItIs(String request) {
    try (Wire wire = Wire.to(client())) {
      String answer =
          wire.send(request + "\r\nHost: localhost\r\nConnection: close\r\n\r\n").answer();

      assertTrue(answer.startsWith("HTTP/1.1 "), answer);
      assertFalse(answer.contains("<web-app"), answer);
      assertFalse(answer.toLowerCase(Locale.ROOT).contains("\nserver:"), answer);
      assertFalse(answer.toLowerCase(Locale.ROOT).contains("\nx-powered-by:"), answer);
      assertTellsNothing(answer);
    }
  }

  private static void assertTellsNothing(String answer) {
    String lower = answer.toLowerCase(Locale.ROOT);
    for (String name :
        List.of(
            "payara",
            "glassfish",
            "grizzly",
            "wildfly",
            "undertow",
            "liberty",
            "websphere",
            "exception",
            "dev.signet")) {
      assertFalse(lower.contains(name), answer);
    }
  }

  private Client caller(String token) {
    if (token == null) {
      return client();
    }
    return switch (token) {
      case "own" -> TestUsers.loggedIn(client()).client();
      case "secret" -> client().withToken(ServerSession.METRICS_SECRET);
      default -> client().withToken(token);
    };
  }

  private Client.Reply send(HttpRequest.Builder request, String method) {
    return client()
        .send(
            switch (method) {
              case "POST", "PATCH" ->
                  request
                      .header("Content-Type", "text/plain")
                      .method(method, BodyPublishers.ofString("{}"));
              default -> request.method(method, BodyPublishers.noBody());
            });
  }
}

package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins call the API; one origin is listed. */
interface CorsFlow extends Flow {
  @Test
  default void listedOriginMayReadAnswersAndRefusals() {
    for (Client.Reply reply :
        List.of(
            get("/api/health/live", ServerSession.LISTED_ORIGIN),
            get("/api/protected", ServerSession.LISTED_ORIGIN),
            get("/api/unknown", ServerSession.LISTED_ORIGIN),
            refusedByTheMechanism())) {
      assertEquals(
          Optional.of(ServerSession.LISTED_ORIGIN),
          reply.header("Access-Control-Allow-Origin"),
          reply::toString);
      assertEquals(Optional.of("true"), reply.header("Access-Control-Allow-Credentials"));
      assertTrue(
          reply.header("Access-Control-Expose-Headers").orElse("").contains("WWW-Authenticate"));
      assertTrue(
          reply.response().headers().allValues("Vary").toString().contains("Origin"),
          reply::toString);
      assertEquals(1, reply.response().headers().allValues("Access-Control-Allow-Origin").size());
    }
    assertTokenRefused(refusedByTheMechanism());
  }

  @Test
  default void unlistedOriginsMayReadNothing() {
    for (String origin :
        List.of(
            "null",
            "*",
            "https://attacker.example",
            ServerSession.LISTED_ORIGIN + ".attacker.example",
            ServerSession.LISTED_ORIGIN + ":8443",
            ServerSession.LISTED_ORIGIN.replace("https:", "http:"),
            ServerSession.LISTED_ORIGIN.replace("https://", "https://x"),
            client().baseUrl() + ".x")) {
      for (Client.Reply reply :
          List.of(get("/api/protected", origin), preflight("/api/me", origin, "PATCH"))) {
        assertEquals(Optional.empty(), reply.header("Access-Control-Allow-Origin"), origin);
        assertEquals(Optional.empty(), reply.header("Access-Control-Allow-Credentials"), origin);
        assertEquals(Optional.empty(), reply.header("Access-Control-Allow-Methods"), origin);
      }
    }
  }

  @Test
  default void preflightOfAListedOriginIsAnsweredWithoutAToken() {
    for (String method : List.of("PATCH", "DELETE", "POST")) {
      Client.Reply reply = preflight("/api/me", ServerSession.LISTED_ORIGIN, method);

      assertEquals(204, reply.status(), reply::toString);
      assertEquals(
          Optional.of(ServerSession.LISTED_ORIGIN), reply.header("Access-Control-Allow-Origin"));
      assertTrue(reply.header("Access-Control-Allow-Methods").orElse("").contains(method));
      assertTrue(reply.header("Access-Control-Allow-Headers").orElse("").contains("X-CSRF-Token"));
      assertTrue(reply.header("Access-Control-Max-Age").isPresent());
      assertEquals(Optional.of("nosniff"), reply.header("X-Content-Type-Options"));
    }
  }

  @Test
  default void publicKeysAreForEveryOrigin() {
    Client.Reply reply = get("/.well-known/jwks.json", "https://anybody.example");

    assertEquals(List.of("*"), reply.response().headers().allValues("Access-Control-Allow-Origin"));
    assertEquals(Optional.empty(), reply.header("Access-Control-Allow-Credentials"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /oauth2/token, 400",
    "POST, /oauth2/revoke, 401",
    "POST, /oauth2/introspect, 401",
    "POST, /oauth2/par, 401",
    "POST, /oauth2/device_authorization, 401",
    "POST, /oauth2/register, 401",
    "GET, /oauth2/register/nobody, 401",
    "DELETE, /oauth2/register/nobody, 401",
    "GET, /oauth2/userinfo, 401",
    "GET, /.well-known/jwks.json, 200",
    "GET, /.well-known/openid-configuration, 200",
    "GET, /.well-known/oauth-authorization-server, 200",
    "GET, /.well-known/unknown, 404",
    "GET, /api/openapi, 200",
    "GET, /api/health/live, 200"
  })
  default void whatTakesNoCookieIsForAllOriginsAndAllHeaders(
      String method, String path, int status) {
    String origin = "https://spa.example";
    Client.Reply preflight = preflight(path, origin, method);
    assertEquals(204, preflight.status(), preflight::toString);
    Client.Reply answer =
        client()
            .send(
                client()
                    .request(path)
                    .method(method, BodyPublishers.noBody())
                    .header("Origin", origin));
    assertEquals(status, answer.status(), answer::toString);
    for (Client.Reply reply : List.of(preflight, answer)) {
      assertEquals(
          List.of("*"),
          reply.response().headers().allValues("Access-Control-Allow-Origin"),
          reply::toString);
      assertEquals(Optional.empty(), reply.header("Access-Control-Allow-Credentials"));
      assertTrue(reply.header("Access-Control-Expose-Headers").orElse("").contains("DPoP-Nonce"));
    }
    assertEquals(Optional.of("Authorization, *"), preflight.header("Access-Control-Allow-Headers"));
    assertTrue(preflight.header("Access-Control-Allow-Methods").orElse("").contains(method));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/oauth2/authorize", "/oauth2/device", "/oauth2/logout", "/metrics", "/docs/"})
  default void pagesAndMetricsAreForNoOtherOrigin(String path) {
    for (Client.Reply reply :
        List.of(get(path, "https://spa.example"), preflight(path, "https://spa.example", "GET"))) {
      assertEquals(Optional.empty(), reply.header("Access-Control-Allow-Origin"), reply::toString);
      assertEquals(Optional.empty(), reply.header("Access-Control-Allow-Methods"));
    }
  }

  /** A page of another origin cannot read the cookie with it. */
  @Test
  default void listedOriginFindsTheCsrfTokenInAHeader() {
    Browser browser = Browser.loggedIn(client());
    String csrf = browser.value(Browser.CSRF);
    Map<String, String> listed = Map.of("Origin", ServerSession.LISTED_ORIGIN);

    assertEquals(
        Optional.of(csrf),
        browser.send("GET", "/api/protected", null, listed).header(Browser.CSRF_HEADER));
    assertEquals(Optional.empty(), browser.get("/api/protected").header(Browser.CSRF_HEADER));
    assertEquals(
        Optional.empty(),
        browser
            .send("GET", "/api/protected", null, Map.of("Origin", "https://attacker.example"))
            .header(Browser.CSRF_HEADER));
    assertProblem(403, "csrf", browser.send("PATCH", "/api/me", Map.of(), listed));
  }

  private Client.Reply refusedByTheMechanism() {
    Client bad = client().withToken("x");
    return bad.send(bad.request("/api/me").header("Origin", ServerSession.LISTED_ORIGIN));
  }

  private Client.Reply get(String path, String origin) {
    return client().send(client().request(path).header("Origin", origin));
  }

  private Client.Reply preflight(String path, String origin, String method) {
    HttpRequest.Builder request =
        client()
            .request(path)
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method)
            .header(
                "Access-Control-Request-Headers",
                "content-type,mcp-protocol-version,traceparent,x-csrf-token");
    return client().send(request);
  }
}

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
          List.of(get("/api/health/live", origin), preflight("/api/me", origin, "PATCH"))) {
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

  @Test
  default void clientsInBrowsersCallTheTokenEndpointFromAllOriginsWithoutCookies() {
    String origin = "https://spa.example";
    for (String path : List.of("/oauth2/token", "/oauth2/revoke")) {
      int status = path.equals("/oauth2/token") ? 400 : 401; // no grant, or no client
      Client.Reply preflight = preflight(path, origin, "POST");
      assertEquals(204, preflight.status(), preflight::toString);
      Client.Reply refused =
          client().send(TestClients.form(client(), path, "").header("Origin", origin));
      assertEquals(status, refused.status(), refused::toString);
      for (Client.Reply reply : List.of(preflight, refused)) {
        assertEquals(
            List.of("*"),
            reply.response().headers().allValues("Access-Control-Allow-Origin"),
            reply::toString);
        assertEquals(Optional.empty(), reply.header("Access-Control-Allow-Credentials"));
        assertTrue(reply.header("Access-Control-Expose-Headers").orElse("").contains("DPoP-Nonce"));
      }
      assertTrue(preflight.header("Access-Control-Allow-Headers").orElse("").contains("DPoP"));
    }
    assertEquals(
        Optional.empty(),
        preflight("/oauth2/introspect", origin, "POST").header("Access-Control-Allow-Origin"));
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
            .header("Access-Control-Request-Headers", "content-type,x-csrf-token");
    return client().send(request);
  }
}

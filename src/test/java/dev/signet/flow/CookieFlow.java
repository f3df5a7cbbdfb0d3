package dev.signet.flow;

import static dev.signet.flow.Browser.ACCESS;
import static dev.signet.flow.Browser.CSRF;
import static dev.signet.flow.Browser.CSRF_HEADER;
import static dev.signet.flow.Browser.REFRESH;
import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static dev.signet.flow.Problems.assertTokenRefused;
import static dev.signet.flow.TestUsers.OTHER_PASSWORD;
import static dev.signet.flow.TestUsers.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.base.secret.OpaqueToken;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Browsers with cookies, and other sites that make them send requests. */
interface CookieFlow extends Flow {
  @Test
  default void loginByCookieGivesNoTokenToScripts() {
    String name = TestUsers.freshName();
    TestUsers.register(client(), name, PASSWORD);
    Browser browser = new Browser(client());
    Client.Reply reply = browser.logIn(name);

    assertEquals(200, reply.status(), reply::toString);
    assertEquals(900, reply.json().path("expires_in").asInt());
    assertTrue(reply.json().path("refresh_expires_in").asInt() > 0);
    assertFalse(reply.body().contains("token\""), reply::toString);
    for (String secret : List.of(browser.value(ACCESS), browser.value(REFRESH))) {
      assertFalse(reply.body().contains(secret), reply::toString);
    }
  }

  @Test
  default void cookiesAreKeptFromScriptsAndOtherSites() {
    Browser browser = Browser.loggedIn(client());

    for (String name : List.of(ACCESS, REFRESH, CSRF)) {
      Map<String, String> attributes = browser.cookie(name).attributes();
      assertTrue(attributes.containsKey("Secure"), name);
      assertEquals("Strict", attributes.get("SameSite"), name);
      assertEquals(!name.equals(CSRF), attributes.containsKey("HttpOnly"), name);
      assertEquals(name.equals(REFRESH) ? "/api/refresh" : "/", attributes.get("Path"), name);
      assertFalse(attributes.containsKey("Domain"), name);
      assertTrue(Integer.parseInt(attributes.get("Max-Age")) > 0, name);
    }
  }

  @Test
  default void cookieOpensWhatItsTokenWould() {
    Browser browser = Browser.loggedIn(client());

    assertEquals(200, browser.get("/api/protected").status());
    assertEquals(200, browser.get("/api/me").status());
    assertProblem(403, "forbidden", browser.get("/api/users"));
    assertTokenMissing(new Browser(client()).get("/api/protected"));
  }

  @Test
  default void withoutItsCsrfTokenNoRequestChangesAnything() {
    Browser browser = Browser.loggedIn(client());
    JsonNode before = browser.get("/api/me").json();
    Browser other = Browser.loggedIn(client());

    for (Map<String, String> headers :
        List.of(
            Map.<String, String>of(),
            Map.of(CSRF_HEADER, ""),
            Map.of(CSRF_HEADER, "wrong"),
            Map.of(CSRF_HEADER, browser.value(CSRF) + "x"),
            Map.of(CSRF_HEADER, other.value(CSRF)))) {
      assertNothingChanges(browser, headers);
    }
    assertEquals(before, browser.get("/api/me").json());
  }

  /** An attacker who can set the readable cookie still does not know the value in the token. */
  @Test
  default void plantedCsrfCookieIsNoCsrfToken() {
    Browser browser = Browser.loggedIn(client());
    browser.plant(CSRF, "planted");

    assertNothingChanges(browser, Map.of(CSRF_HEADER, "planted"));
  }

  @Test
  default void requestsFromOtherSitesChangeNothing() {
    Browser browser = Browser.loggedIn(client());
    JsonNode before = browser.get("/api/me").json();

    for (String origin :
        List.of(
            "null",
            "https://attacker.example",
            client().baseUrl() + ".attacker.example",
            client().baseUrl() + "0",
            ServerSession.LISTED_ORIGIN + ".attacker.example")) {
      assertNothingChanges(browser, Map.of(CSRF_HEADER, browser.value(CSRF), "Origin", origin));
    }
    assertNothingChanges(
        browser, Map.of(CSRF_HEADER, browser.value(CSRF), "Sec-Fetch-Site", "cross-site"));
    assertEquals(before, browser.get("/api/me").json());
  }

  @Test
  default void csrfTokenOfTheSessionOpensUnsafeMethods() {
    Browser browser = Browser.loggedIn(client());
    String address = TestUsers.freshName() + "@example.org";

    assertEquals(
        address,
        browser.send("PATCH", "/api/me", Map.of("email", address)).json().path("email").asText());
    assertEquals(
        200,
        browser
            .send(
                "PATCH",
                "/api/me",
                Map.of("email", address),
                Map.of(
                    CSRF_HEADER,
                    browser.value(CSRF),
                    "Origin",
                    ServerSession.LISTED_ORIGIN,
                    "Sec-Fetch-Site",
                    "cross-site"))
            .status());
    assertEquals(204, browser.send("DELETE", "/api/me", null).status());
  }

  @Test
  default void authorizationHeaderBeatsTheCookie() {
    Browser browser = Browser.loggedIn(client());
    TestUsers.Person ada = TestUsers.loggedIn(client());
    String token = ada.client().token().orElseThrow();

    Client.Reply reply =
        browser.send("PATCH", "/api/me", Map.of(), Map.of("Authorization", "Bearer " + token));
    assertEquals(200, reply.status(), reply::toString);
    assertEquals(ada.id(), reply.json().path("id").asText());
    assertTokenRefused(
        browser.send("GET", "/api/protected", null, Map.of("Authorization", "Bearer x")));
    assertTokenMissing(
        browser.send("GET", "/api/protected", null, Map.of("Authorization", "Basic YTpi")));
  }

  @Test
  default void badCookieIsRefusedLikeABadToken() {
    Browser browser = Browser.loggedIn(client());
    browser.plant(ACCESS, "x");

    assertTokenRefused(browser.get("/api/protected"));
    assertTokenRefused(browser.get("/api/optional"));
    // A token that was made for the header knows no defence against other sites.
    browser.plant(ACCESS, TestUsers.loggedIn(client()).client().token().orElseThrow());
    assertTokenRefused(browser.get("/api/protected"));
  }

  @Test
  default void oldCookieDoesNotStandInTheWayOfALogin() {
    String name = TestUsers.freshName();
    Browser browser = new Browser(client());
    browser.plant(ACCESS, "x");
    browser.plant(REFRESH, "x");
    browser.plant(CSRF, "x");

    assertEquals(200, browser.get("/api/health/live").status());
    assertEquals(200, browser.get("/api/openapi").status());
    assertEquals(
        201,
        browser
            .send("POST", "/api/register", Map.of("username", name, "password", PASSWORD))
            .status());
    assertEquals(200, browser.logIn(name).status());
    assertEquals(200, browser.get("/api/protected").status());
  }

  @Test
  default void eachLoginIsANewSession() throws IOException {
    String name = TestUsers.freshName();
    TestUsers.register(client(), name, PASSWORD);
    Browser browser = new Browser(client());
    browser.logIn(name);
    Map<String, String> first = values(browser);
    browser.logIn(name);
    Map<String, String> second = values(browser);

    for (String part : first.keySet()) {
      assertNotEquals(first.get(part), second.get(part), part);
    }
  }

  @Test
  default void loginByCookieIsNotTakenFromOtherSites() {
    String name = TestUsers.freshName();
    TestUsers.register(client(), name, PASSWORD);
    Map<String, String> body = Map.of("username", name, "password", PASSWORD, "delivery", "cookie");

    for (Map<String, String> headers :
        List.of(
            Map.of("Origin", "https://attacker.example"),
            Map.of("Origin", "null"),
            Map.of("Sec-Fetch-Site", "cross-site"))) {
      Client.Reply reply = new Browser(client()).send("POST", "/api/login", body, headers);
      assertProblem(403, "csrf", reply);
      assertEquals(List.of(), Browser.cookies(reply));
    }
  }

  @Test
  default void unknownDeliveryIsNamed() {
    assertProblem(
        400,
        "invalid-input",
        client()
            .post(
                "/api/login",
                Map.of("username", "ada", "password", PASSWORD, "delivery", "pigeon")),
        "delivery");
  }

  @Test
  default void refreshByCookieReplacesTheTokens() throws IOException {
    Browser browser = Browser.loggedIn(client());
    Map<String, String> before = values(browser);
    Client.Reply reply = browser.send("POST", "/api/refresh", Map.of());
    Map<String, String> after = values(browser);

    assertEquals(200, reply.status(), reply::toString);
    assertFalse(reply.body().contains("token\""), reply::toString);
    assertEquals(before.get("sid"), after.get("sid"));
    assertEquals(before.get(CSRF), after.get(CSRF));
    assertNotEquals(before.get(ACCESS), after.get(ACCESS));
    assertNotEquals(before.get(REFRESH), after.get(REFRESH));
    assertEquals(200, browser.get("/api/protected").status());
  }

  @Test
  default void refreshByCookieNeedsNoBody() {
    Browser browser = Browser.loggedIn(client());
    String former = browser.value(REFRESH);

    Client.Reply reply = browser.send("POST", "/api/refresh", null);

    assertEquals(200, reply.status(), reply::toString);
    assertNotEquals(former, browser.value(REFRESH));
    Map<String, String> ofAForm = Map.of("Origin", "https://attacker.example");
    assertProblem(403, "csrf", browser.send("POST", "/api/refresh", null, ofAForm));
    assertProblem(403, "csrf", browser.send("POST", "/api/refresh", null, Map.of()));
  }

  @Test
  default void refreshByCookieNeedsTheCsrfToken() {
    Browser browser = Browser.loggedIn(client());

    for (Map<String, String> headers :
        List.of(
            Map.<String, String>of(),
            Map.of(CSRF_HEADER, "wrong"),
            Map.of(CSRF_HEADER, browser.value(CSRF), "Origin", "https://attacker.example"),
            Map.of(CSRF_HEADER, browser.value(CSRF), "Sec-Fetch-Site", "cross-site"))) {
      Client.Reply reply = browser.send("POST", "/api/refresh", Map.of(), headers);
      assertProblem(403, "csrf", reply);
      assertEquals(List.of(), Browser.cookies(reply));
    }
    // None of these has used the refresh token up.
    assertEquals(200, browser.send("POST", "/api/refresh", Map.of()).status());
  }

  @Test
  default void refreshWorksWhenTheAccessTokenHasExpired() {
    Browser browser = Browser.loggedIn(client());
    browser.plant(ACCESS, expired(browser));

    assertTokenRefused(browser.get("/api/protected"));
    assertEquals(200, browser.send("POST", "/api/refresh", Map.of()).status());
    assertEquals(200, browser.get("/api/protected").status());
  }

  @Test
  default void refreshWithoutATokenIsRefused() {
    Browser browser = new Browser(client());
    browser.plant(CSRF, "x");

    assertProblem(401, "invalid-refresh-token", browser.send("POST", "/api/refresh", Map.of()));
  }

  @Test
  default void refreshTokenOfACookieIsNoUseInABody() {
    Browser browser = Browser.loggedIn(client());

    assertProblem(
        403,
        "csrf",
        client().post("/api/refresh", Map.of("refresh_token", browser.value(REFRESH))));
    assertEquals(200, browser.send("POST", "/api/refresh", Map.of()).status());
  }

  @Test
  default void logoutRemovesAllCookiesAndEndsTheSession() {
    Browser browser = Browser.loggedIn(client());
    String access = browser.value(ACCESS);
    String refresh = browser.value(REFRESH);
    String csrf = browser.value(CSRF);
    Client.Reply reply = browser.send("POST", "/api/logout", null);

    assertEquals(204, reply.status(), reply::toString);
    assertTrue(browser.isEmpty());
    assertRemoved(reply);
    Browser thief = new Browser(client());
    thief.plant(ACCESS, access);
    thief.plant(REFRESH, refresh);
    thief.plant(CSRF, csrf);
    assertTokenRefused(thief.get("/api/protected"));
    assertProblem(401, "invalid-refresh-token", thief.send("POST", "/api/refresh", Map.of()));
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void databaseHasOnlyTheHashOfTheCsrfValue() throws SQLException {
    String csrf = Browser.loggedIn(client()).value(CSRF);
    String count = "select count(*) from refresh_families where csrf = '%s'";

    assertEquals("0", TestDatabase.text(count.formatted(csrf)));
    assertEquals("1", TestDatabase.text(count.formatted("sha256:" + new OpaqueToken(csrf).hash())));
  }

  @Test
  default void logoutNeedsTheCsrfToken() {
    Browser browser = Browser.loggedIn(client());

    for (Map<String, String> headers :
        List.of(
            Map.<String, String>of(),
            Map.of(CSRF_HEADER, "wrong"),
            Map.of(CSRF_HEADER, browser.value(CSRF), "Origin", "https://attacker.example"))) {
      Client.Reply reply = browser.send("POST", "/api/logout", null, headers);
      assertProblem(403, "csrf", reply);
      assertEquals(List.of(), Browser.cookies(reply));
    }
    assertEquals(200, browser.get("/api/protected").status());
  }

  @Test
  default void logoutWorksWithAnExpiredToken() {
    Browser browser = Browser.loggedIn(client());
    String refresh = browser.value(REFRESH);
    String csrf = browser.value(CSRF);
    browser.plant(ACCESS, expired(browser));
    Client.Reply reply = browser.send("POST", "/api/logout", null);

    assertEquals(204, reply.status(), reply::toString);
    assertRemoved(reply);
    Browser thief = new Browser(client());
    thief.plant(REFRESH, refresh);
    thief.plant(CSRF, csrf);
    assertProblem(401, "invalid-refresh-token", thief.send("POST", "/api/refresh", Map.of()));
  }

  @Test
  default void logoutRemovesCookiesThatAreNoUse() {
    Browser browser = new Browser(client());
    browser.plant(ACCESS, "x");
    browser.plant(CSRF, "x");
    Client.Reply reply = browser.send("POST", "/api/logout", null, Map.of());

    assertEquals(204, reply.status(), reply::toString);
    assertRemoved(reply);
    assertTrue(browser.isEmpty());
  }

  /** Otherwise another site could log users out without their cookies. */
  @Test
  default void otherSitesCannotRemoveCookies() {
    for (Map<String, String> headers :
        List.of(
            Map.of("Origin", "https://attacker.example"),
            Map.of("Origin", "null"),
            Map.of("Sec-Fetch-Site", "cross-site"))) {
      Client.Reply reply = new Browser(client()).send("POST", "/api/logout", null, headers);
      assertProblem(403, "csrf", reply);
      assertEquals(List.of(), Browser.cookies(reply));
    }
  }

  @Test
  default void logoutByTokenLeavesCookiesAlone() {
    Browser browser = Browser.loggedIn(client());
    String token = TestUsers.loggedIn(client()).client().token().orElseThrow();
    Client.Reply reply =
        browser.send("POST", "/api/logout", null, Map.of("Authorization", "Bearer " + token));

    assertEquals(204, reply.status(), reply::toString);
    assertEquals(List.of(), Browser.cookies(reply));
    assertEquals(200, browser.get("/api/protected").status());
  }

  @Test
  default void nearItsEndTheAccessTokenIsRenewedByTheAnswer() throws IOException {
    Browser browser = Browser.loggedIn(client());
    assertEquals(List.of(), Browser.cookies(browser.get("/api/me")));
    Map<String, String> before = values(browser);
    browser.plant(ACCESS, withEnd(browser, Forgery.of(client()).now() + 60));

    Client.Reply failed = browser.get("/api/users");
    assertEquals(List.of(), Browser.cookies(failed), failed::toString);
    Client.Reply reply = browser.get("/api/me");
    assertEquals(200, reply.status(), reply::toString);
    assertEquals(
        List.of(ACCESS), Browser.cookies(reply).stream().map(Browser.Cookie::name).toList());
    assertTrue(browser.cookie(ACCESS).attributes().containsKey("HttpOnly"));
    Map<String, String> after = values(browser);
    assertEquals(before.get("sid"), after.get("sid"));
    assertEquals(before.get(CSRF), after.get(CSRF));
    assertTrue(
        Forgery.part(browser.value(ACCESS), 1).path("exp").asLong()
            > Forgery.of(client()).now() + 600);
    assertEquals(200, browser.send("PATCH", "/api/me", Map.of()).status());
  }

  @Test
  default void endedSessionIsNotRenewed() {
    Browser browser = Browser.loggedIn(client());
    browser.plant(ACCESS, withEnd(browser, Forgery.of(client()).now() + 60));
    Client.Reply reply = browser.send("DELETE", "/api/me", null);

    assertEquals(204, reply.status(), reply::toString);
    assertEquals(List.of(), Browser.cookies(reply));
  }

  /** Each is tried without a right to do so. */
  private void assertNothingChanges(Browser browser, Map<String, String> headers) {
    assertProblem(
        403, "csrf", browser.send("PATCH", "/api/me", Map.of("email", "x@example.org"), headers));
    assertProblem(403, "csrf", browser.send("DELETE", "/api/me", null, headers));
    assertProblem(
        403,
        "csrf",
        browser.send(
            "POST",
            "/api/me/password",
            Map.of("old_password", PASSWORD, "new_password", OTHER_PASSWORD),
            headers));
  }

  private static void assertRemoved(Client.Reply reply) {
    assertEquals(
        Set.of(ACCESS, REFRESH, CSRF),
        Browser.cookies(reply).stream()
            .filter(Browser.Cookie::isRemoval)
            .map(Browser.Cookie::name)
            .collect(Collectors.toSet()));
  }

  /** All that must differ between two sessions. */
  private static Map<String, String> values(Browser browser) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String name : List.of(ACCESS, REFRESH, CSRF)) {
      values.put(name, browser.value(name));
    }
    JsonNode claims = Forgery.part(browser.value(ACCESS), 1);
    values.put("sid", claims.path("sid").asText());
    assertEquals(browser.value(CSRF), claims.path("csrf").asText());
    return values;
  }

  private String expired(Browser browser) {
    return withEnd(browser, Forgery.of(client()).now() - 60);
  }

  /** The session's access token, as if it had been issued earlier. */
  private String withEnd(Browser browser, long end) {
    try {
      JsonNode claims = Forgery.part(browser.value(ACCESS), 1);
      Forgery forgery = Forgery.of(client());
      Map<String, Object> earlier = forgery.claims();
      for (String name : List.of("sub", "upn", "sid", "csrf")) {
        earlier.put(name, claims.path(name).asText());
      }
      earlier.put("iat", end - 900);
      earlier.put("exp", end);
      return forgery.token(earlier);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

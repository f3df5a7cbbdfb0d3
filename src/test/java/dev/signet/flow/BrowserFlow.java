package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What a person does with the single-page example, in a real browser with real cookies. */
interface BrowserFlow extends Flow {
  String ACCESS = "__Host-signet-access";
  String REFRESH = "__Secure-signet-refresh";
  String CSRF = "__Host-signet-csrf";

  /** Runs as script where it is taken for HTML, and then leaves a trace. */
  String SCRIPT = "<img src=x onerror=window.injected=1>";

  @AfterAll
  static void stopTheBrowser() {
    Chromium.stop();
  }

  @OneDatabase
  @Test
  default void pageLoadsUnderItsPolicy() {
    Chromium browser = example();
    browser.visible("#login");
    browser.visible("#register");

    assertEquals(List.of(), browser.violations());
  }

  /** Otherwise the other tests would not notice that the policy is gone, or the browser's log. */
  @OneDatabase
  @Test
  default void policyStopsScriptsInThePage() {
    Chromium browser = example();
    browser.visible("#login");
    browser.run(
        "const script = document.createElement('script');"
            + "script.textContent = 'window.injected = 1';"
            + "document.body.append(script)");

    assertFalse(browser.violations().isEmpty());
    assertFalse(injected(browser));
  }

  @OneDatabase
  @Test
  default void sessionLivesInCookiesFromRegistrationToLogout() {
    String username = TestUsers.freshName();
    Chromium browser = example();
    register(browser, username, TestUsers.PASSWORD);
    browser.awaitText("#status", "You are logged in");
    browser.awaitText("#who", "Logged in as " + username);
    assertEquals("who", browser.focused().getDomAttribute("id"));

    click(browser, "#protected");
    browser.awaitText("#status", username);

    browser.reload();
    browser.awaitText("#who", "Logged in as " + username);

    String access = cookie(browser, ACCESS).value();
    String refresh = cookie(browser, REFRESH).value();
    click(browser, "#refresh");
    browser.awaitText("#status", "New tokens");
    assertNotEquals(access, cookie(browser, ACCESS).value());
    assertNotEquals(refresh, cookie(browser, REFRESH).value());
    assertEquals(200, browser.statusOf("GET", "../api/me"));

    click(browser, "#logout");
    browser.visible("#login");
    assertEquals(List.of(), browser.cookies());
    assertEquals(401, browser.statusOf("GET", "../api/me"));
    click(browser, "#protected");
    browser.awaitText("#status", "requires an access token");
    assertEquals(List.of(), browser.violations());
  }

  @OneDatabase
  @Test
  default void cookiesGoNoFurtherThanTheyMust() {
    Chromium browser = loggedIn(TestUsers.loggedIn(client()).username());
    Map<String, Chromium.Cookie> cookies =
        browser.cookies().stream()
            .collect(Collectors.toMap(Chromium.Cookie::name, cookie -> cookie));

    assertEquals(new TreeSet<>(List.of(ACCESS, REFRESH, CSRF)), new TreeSet<>(cookies.keySet()));
    for (Chromium.Cookie cookie : cookies.values()) {
      assertTrue(cookie.secure(), cookie.name());
      assertEquals("Strict", cookie.sameSite(), cookie.name());
      assertEquals(!cookie.name().equals(CSRF), cookie.httpOnly(), cookie.name());
    }
    String context = URI.create(client().baseUrl()).getPath();
    assertEquals(context + "/api/refresh", cookies.get(REFRESH).path());
  }

  @OneDatabase
  @Test
  default void noTokenIsReadableFromScript() {
    Chromium browser = loggedIn(TestUsers.loggedIn(client()).username());
    click(browser, "#refresh");
    browser.awaitText("#status", "New tokens");

    Object readable = browser.run("return document.cookie");
    assertEquals(CSRF + "=" + cookie(browser, CSRF).value(), readable);
    assertEquals(0L, browser.run("return localStorage.length + sessionStorage.length"));
    // What the page keeps, and the answers to its calls, which it lists.
    String page =
        browser.source()
            + browser.run(
                "return Object.getOwnPropertyNames(window)"
                    + ".map((name) => window[name])"
                    + ".filter((value) => typeof value === 'string').join('\\n')");
    assertTrue(page.contains("refresh_expires_in"));
    for (String name : List.of(ACCESS, REFRESH)) {
      assertFalse(page.contains(cookie(browser, name).value()), name);
    }
  }

  @OneDatabase
  @Test
  default void scriptInAUsernameIsRefusedBesideItsField() {
    Chromium browser = example();
    register(browser, SCRIPT, TestUsers.PASSWORD);

    browser.awaitText("#register-username-fault", "Username may only contain letters");
    assertEquals("register-username", browser.focused().getDomAttribute("id"));
    assertEquals("true", browser.focused().getDomAttribute("aria-invalid"));
    assertEquals(SCRIPT, browser.focused().getDomProperty("value"));
    assertFalse(injected(browser));
    assertEquals(List.of(), browser.violations());
  }

  @OneDatabase
  @Test
  default void scriptInTheNameOfADeviceIsShownAsText() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    Chromium browser = example();
    browser.visible("#login-label").sendKeys(SCRIPT);
    logIn(browser, ada.username(), TestUsers.PASSWORD);

    browser.awaitText("#sessions .device", SCRIPT);
    assertFalse(injected(browser));
    assertFalse(browser.isVisible("img"));
    assertEquals(List.of(), browser.violations());
  }

  @OneDatabase
  @Test
  default void wrongPasswordIsSaidAndTheInputStays() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    Chromium browser = example();
    logIn(browser, ada.username(), TestUsers.OTHER_PASSWORD);

    browser.awaitText("#login > [role=alert]", "Incorrect username or password");
    assertEquals("login-password", browser.focused().getDomAttribute("id"));
    assertEquals(TestUsers.OTHER_PASSWORD, value(browser, "#login-password"));
    assertEquals(ada.username(), value(browser, "#login-username"));

    browser.visible("#login-password").clear();
    browser.visible("#login-password").sendKeys(TestUsers.PASSWORD, Keys.ENTER);
    browser.awaitText("#who", ada.username());
  }

  /** As after a while away: the access token is of no use, the refresh token is. */
  @OneDatabase
  @Test
  default void uselessAccessTokenIsReplacedUnnoticed() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    Chromium browser = loggedIn(ada.username());
    browser.devTools(
        "Network.setCookie",
        Map.of(
            "url",
            client().baseUrl(),
            "name",
            ACCESS,
            "value",
            ada.client().token().orElseThrow() + "x",
            "path",
            "/",
            "secure",
            true,
            "httpOnly",
            true,
            "sameSite",
            "Strict"));
    assertEquals(401, browser.statusOf("GET", "../api/me"));

    browser.reload();
    browser.awaitText("#who", ada.username());
    assertEquals(200, browser.statusOf("GET", "../api/me"));
  }

  @OneDatabase
  @Test
  default void changesWithoutTheCsrfTokenAreRefused() {
    Chromium browser = loggedIn(TestUsers.loggedIn(client()).username());
    for (String path : List.of("../api/logout", "../api/refresh")) {
      assertEquals(403, browser.statusOf("POST", path), path);
    }
    assertEquals(403, browser.statusOf("DELETE", "../api/me"));
    assertEquals(200, browser.statusOf("GET", "../api/me"));
  }

  @OneDatabase
  @Test
  default void sessionsElsewhereCanBeEnded() {
    TestUsers.Person elsewhere = TestUsers.loggedIn(client());
    Chromium browser = loggedIn(elsewhere.username());
    assertEquals(200, elsewhere.client().get("/api/protected").status());

    click(browser, "#sessions button");
    browser.awaitText("#status", "The session has ended");

    assertFalse(browser.isVisible("#sessions button"));
    assertEquals("sessions-title", browser.focused().getDomAttribute("id"));
    assertEquals(401, elsewhere.client().get("/api/protected").status());
    assertEquals(200, browser.statusOf("GET", "../api/me"));
  }

  @OneDatabase
  @Test
  default void pageFitsASmallScreen() {
    Chromium browser = Chromium.open();
    browser.narrow(320, 640);
    browser.visit(client().baseUrl() + "/example/");
    register(browser, TestUsers.freshName(), TestUsers.PASSWORD);
    browser.visible("#sessions li");

    assertEquals(320L, browser.run("return document.documentElement.scrollWidth"));
  }

  private Chromium example() {
    Chromium browser = Chromium.open();
    browser.visit(client().baseUrl() + "/example/");
    return browser;
  }

  private Chromium loggedIn(String username) {
    Chromium browser = example();
    logIn(browser, username, TestUsers.PASSWORD);
    browser.awaitText("#status", "You are logged in");
    return browser;
  }

  /** By keyboard alone. */
  private static void logIn(Chromium browser, String username, String password) {
    browser.visible("#login-username").sendKeys(username);
    browser.visible("#login-password").sendKeys(password, Keys.ENTER);
  }

  private static void register(Chromium browser, String username, String password) {
    browser.visible("#register-username").sendKeys(username);
    browser.visible("#register-password").sendKeys(password);
    click(browser, "#register button");
  }

  private static void click(Chromium browser, String selector) {
    browser.visible(selector).click();
  }

  private static String value(Chromium browser, String selector) {
    return browser.visible(selector).getDomProperty("value");
  }

  private static Chromium.Cookie cookie(Chromium browser, String name) {
    return browser.cookies().stream()
        .filter(cookie -> cookie.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static boolean injected(Chromium browser) {
    return (Boolean) browser.run("return 'injected' in window");
  }
}

package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The pages that people see, in a real browser, from a client's link to its callback. */
interface PagesFlow extends Flow {
  /** Runs as script where it is taken for HTML, and then leaves a trace. */
  String MARKUP = "Harbor<img src=x onerror=window.injected=1>";

  /** A native app that waits for its answer on the loopback interface (RFC 8252, section 7.3). */
  final class App implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Queue<String> referrers = new ConcurrentLinkedQueue<>();

    App() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/back",
          exchange -> {
            noteReferrer(exchange);
            String query = exchange.getRequestURI().getRawQuery();
            byte[] form = exchange.getRequestBody().readAllBytes();
            answers.add(query == null ? new String(form, StandardCharsets.UTF_8) : query);
            // Clients go on to pages of their own, on other origins too.
            exchange.getResponseHeaders().add("Location", elsewhere());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
          });
      server.createContext(
          "/home",
          exchange -> {
            noteReferrer(exchange);
            byte[] page = "<!doctype html><p id=home>Welcome".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
          });
      server.start();
    }

    String uri() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/back";
    }

    private String elsewhere() {
      return "http://localhost:" + server.getAddress().getPort() + "/home";
    }

    private void noteReferrer(HttpExchange exchange) {
      referrers.addAll(exchange.getRequestHeaders().getOrDefault("Referer", List.of()));
    }

    Map<String, String> answer() {
      return Visitor.parameters(answers.remove());
    }

    /** What the browser has said of where it came from. */
    Queue<String> referrers() {
      return referrers;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @OneDatabase
  @ParameterizedTest
  @CsvSource({"light, true", "dark, true", "light, false"})
  default void browserGoesFromTheLinkToTheCallback(String scheme, boolean scripts)
      throws IOException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    try (App app = new App()) {
      TestClients harbor = harbor("Harbor");
      Chromium browser = Chromium.open();
      browser.prefer(scheme);
      browser.scripts(scripts);
      String name =
          System.getProperty(ServerSession.RUN) + "-" + scheme + (scripts ? "" : "-plain");
      browser.visit(link(harbor, app, Map.of()));
      browser.visible("#username");
      browser.picture(name + "-login");
      logIn(browser, ada.username(), TestUsers.OTHER_PASSWORD);
      browser.awaitText("[role=alert]", "Incorrect username or password");
      browser.awaitFocus("password");
      browser.picture(name + "-login-fault");
      browser.visible("#password").sendKeys(TestUsers.PASSWORD, Keys.ENTER);
      browser.awaitText("h1", "Harbor requests access");
      browser.picture(name + "-consent");
      browser.visible("button[value=allow]").click();
      browser.awaitText("#home", "Welcome");

      Map<String, String> answer = app.answer();
      assertEquals(Visitor.STATE, answer.get("state"));
      assertEquals(client().baseUrl(), answer.get("iss"));
      assertEquals(43, answer.get("code").length());
      assertTrue(
          app.referrers().stream()
              .noneMatch(referrer -> referrer.contains("code=") || referrer.contains("state=")),
          app.referrers()::toString);
      assertEquals(List.of(), browser.violations());
    }
  }

  /** By itself where scripts run, with a button where they do not. */
  @OneDatabase
  @ParameterizedTest
  @CsvSource({"true", "false"})
  default void browserBringsTheAnswerAsAForm(boolean scripts) throws IOException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    try (App app = new App()) {
      TestClients harbor = harbor("Harbor");
      Chromium browser = Chromium.open();
      browser.scripts(scripts);
      browser.visit(link(harbor, app, Map.of("response_mode", "form_post")));
      logIn(browser, ada.username(), TestUsers.PASSWORD);
      browser.visible("button[value=allow]").click();
      if (!scripts) {
        browser.awaitText("h1", "Almost there");
        browser.picture(System.getProperty(ServerSession.RUN) + "-form-post");
        browser.visible("button").click();
      }
      browser.awaitText("#home", "Welcome");

      assertEquals(Visitor.STATE, app.answer().get("state"));
      assertEquals(List.of(), browser.violations());
    }
  }

  /** Tab by tab: the fields, then the buttons, in the order in which they are seen. */
  @OneDatabase
  @Test
  default void keyboardAloneIsEnough() throws IOException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    try (App app = new App()) {
      Chromium browser = Chromium.open();
      browser.visit(link(harbor("Harbor"), app, Map.of()));
      browser.awaitFocus("username").sendKeys(ada.username(), Keys.TAB);
      browser.awaitFocus("password").sendKeys(TestUsers.PASSWORD, Keys.TAB);
      assertEquals("Log in", browser.focused().getText());
      browser.focused().sendKeys(Keys.ENTER);
      browser.awaitText("h1", "requests access");
      // A user must not consent by pressing the key once too often.
      assertEquals("body", browser.focused().getTagName());
      browser.focused().sendKeys(Keys.TAB);
      assertEquals("allow", browser.focused().getDomAttribute("value"));
      browser.focused().sendKeys(Keys.TAB);
      assertEquals("deny", browser.focused().getDomAttribute("value"));
      browser.focused().sendKeys(Keys.ENTER);
      browser.awaitText("#home", "Welcome");

      assertEquals("access_denied", app.answer().get("error"));
    }
  }

  @OneDatabase
  @Test
  default void markupInTheNameOfAClientIsShownAsText() throws IOException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    try (App app = new App()) {
      Chromium browser = Chromium.open();
      browser.visit(link(harbor(MARKUP), app, Map.of("login_hint", MARKUP)));
      browser.awaitText(".lead", MARKUP);
      assertEquals(MARKUP, browser.visible("#username").getDomProperty("value"));
      browser.visible("#username").clear();
      logIn(browser, ada.username(), TestUsers.PASSWORD);
      browser.awaitText("h1", MARKUP);

      assertFalse((Boolean) browser.run("return 'injected' in window"));
      assertFalse(browser.isVisible("img"));
      assertEquals(List.of(), browser.violations());
    }
  }

  @OneDatabase
  @Test
  default void pagesFitASmallScreenInEachLanguage() throws IOException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    try (App app = new App()) {
      Chromium browser = Chromium.open();
      browser.narrow(320, 640);
      browser.visit(link(harbor("Harbor"), app, Map.of("ui_locales", "de-AT en")));
      browser.awaitText("h1", "Anmelden");
      browser.picture(System.getProperty(ServerSession.RUN) + "-small-login");
      assertEquals(320L, browser.run("return document.documentElement.scrollWidth"));
      logIn(browser, ada.username(), TestUsers.PASSWORD);
      browser.awaitText("h1", "Harbor bittet um Zugriff");
      browser.picture(System.getProperty(ServerSession.RUN) + "-small-consent");
      assertEquals(320L, browser.run("return document.documentElement.scrollWidth"));
      assertEquals("de", browser.run("return document.documentElement.lang"));
    }
  }

  @OneDatabase
  @Test
  default void oneTimePasswordIsReplacedInTheBrowser() throws IOException {
    try (App app = new App()) {
      Chromium browser = Chromium.open();
      browser.narrow(320, 640);
      browser.visit(link(harbor("Harbor"), app, Map.of()));
      logIn(browser, ServerSession.NEWCOMERS.get(2), TestUsers.PASSWORD);
      browser.awaitText("h1", "Choose a password");
      browser.awaitFocus("old");
      browser.picture(System.getProperty(ServerSession.RUN) + "-password");
      assertEquals(320L, browser.run("return document.documentElement.scrollWidth"));
      browser.awaitFocus("old").sendKeys("another one", Keys.TAB);
      browser.awaitFocus("new").sendKeys(TestUsers.OTHER_PASSWORD, Keys.TAB);
      browser.awaitFocus("repeated").sendKeys(TestUsers.OTHER_PASSWORD, Keys.ENTER);
      browser.awaitText("[role=alert]", "That one-time password is incorrect");
      browser.awaitFocus("old").sendKeys(TestUsers.PASSWORD, Keys.TAB);
      browser.awaitFocus("new").sendKeys(TestUsers.OTHER_PASSWORD, Keys.TAB);
      browser.awaitFocus("repeated").sendKeys(TestUsers.OTHER_PASSWORD, Keys.ENTER);
      browser.awaitText("h1", "Harbor requests access");
      browser.visible("button[value=allow]").click();
      browser.awaitText("#home", "Welcome");

      assertEquals(List.of(), browser.violations());
    }
  }

  @OneDatabase
  @Test
  default void deviceIsLetInAndSomebodyLogsOutInTheBrowser() {
    String name = System.getProperty(ServerSession.RUN);
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients television = TestClients.television(TestUsers.administrator(client()));
    Client.Reply asked =
        client()
            .send(
                TestClients.form(
                    client(), "/oauth2/device_authorization", "client_id=" + television.id()));
    Chromium browser = Chromium.open();
    browser.visit(client().baseUrl() + "/oauth2/device");
    logIn(browser, ada.username(), TestUsers.PASSWORD);
    browser.visible("#user_code").sendKeys("BBBB-BBBB", Keys.ENTER);
    browser.awaitText("[role=alert]", "This code is unknown");
    browser.picture(name + "-device");
    browser.visible("#user_code").clear();
    String code = asked.json().path("user_code").asText();
    browser.visible("#user_code").sendKeys(code.toLowerCase(Locale.ROOT), Keys.ENTER);
    browser.awaitText("h1", "Television requests access");
    browser.picture(name + "-device-question");
    browser.visible("button[value=allow]").click();
    browser.awaitText("h1", "Device connected");
    browser.picture(name + "-device-done");
    browser.visit(client().baseUrl() + "/oauth2/logout");
    browser.awaitText("h1", "Log out?");
    browser.picture(name + "-logout");
    browser.visible("button[value=logout]").click();
    browser.awaitText("h1", "You are logged out");

    assertEquals(List.of(), browser.violations());
  }

  @OneDatabase
  @Test
  default void clientThatIsNotKnownGetsAPageAndNoRedirect() {
    Chromium browser = Chromium.open();
    browser.visit(client().baseUrl() + "/oauth2/authorize?client_id=nobody");
    browser.awaitText("h1", "This link does not work");
    browser.picture(System.getProperty(ServerSession.RUN) + "-error");

    assertTrue(browser.address().startsWith(client().baseUrl()), browser.address());
    assertEquals(List.of(), browser.violations());
  }

  /** An operator may choose a color that is good for buttons only. */
  @OneDatabase
  @Test
  default void linksCanBeReadWhateverTheBrandsColor() throws IOException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    try (App app = new App()) {
      Chromium browser = Chromium.open();
      browser.visit(link(harbor("Harbor"), app, Map.of()));
      logIn(browser, ada.username(), TestUsers.PASSWORD);
      browser.visible("main a");
      String color =
          (String)
              browser.run(
                  """
                  document.documentElement.style.setProperty('--seal', '#fff3a0');
                  return getComputedStyle(document.querySelector('main a')).color;
                  """);

      assertFalse(color.contains("255, 243, 160"), color);
    }
  }

  /** WCAG 2.2, 1.4.3, as far as the colors of texts go. */
  @OneDatabase
  @ParameterizedTest
  @CsvSource({"light", "dark"})
  default void textsCanBeRead(String scheme) throws IOException {
    try (App app = new App()) {
      Chromium browser = Chromium.open();
      browser.prefer(scheme);
      browser.visit(link(harbor("Harbor"), app, Map.of()));
      logIn(browser, "nobody", TestUsers.PASSWORD);
      browser.visible("[role=alert]");
      double least =
          ((Number)
                  browser.run(
                      """
                      const light = (color) => {
                        const parts = color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
                          .map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
                        return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];
                      };
                      const ground = (element) => {
                        const color = getComputedStyle(element).backgroundColor;
                        return /, 0\\)$/.test(color) ? ground(element.parentElement) : color;
                      };
                      const texts = document.querySelectorAll('h1, p, label, button, strong, input:not([type=hidden])');
                      return Math.min(...[...texts].map((element) => {
                        const [one, other] = [getComputedStyle(element).color, ground(element)].map(light);
                        return (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
                      }));
                      """))
              .doubleValue();

      assertTrue(least >= 4.5, "contrast " + least);
    }
  }

  @OneDatabase
  @Test
  default void errorsOfTheServerHaveTheSameLookAndTheBrowsersLanguage() {
    Client.Reply page =
        client()
            .send(
                client()
                    .request("/unknown")
                    .setHeader("Accept", "text/html")
                    .header("Accept-Language", "de"));

    assertEquals(404, page.status());
    assertTrue(page.body().contains("<html lang=\"de\">"), page::toString);
    assertTrue(page.body().contains("<h1>Nicht gefunden</h1>"), page::toString);
  }

  @OneDatabase
  @Test
  default void pagesAreKeptByNobodyAndFramedByNobody() {
    Client.Reply page =
        new Visitor(client()).authorize(Visitor.request(harbor("Harbor"), "redirect_uri", "x"));

    String policy = page.header("Content-Security-Policy").orElse("");
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertEquals(Optional.of("no-store"), page.header("Cache-Control"));
    assertEquals(Optional.of("same-origin"), page.header("Referrer-Policy"));
    assertEquals(Optional.of("unsafe-none"), page.header("Cross-Origin-Opener-Policy"));
    for (String file : List.of("/page.css", "/brand.css", "/continue.js")) {
      assertEquals(200, client().get(file).status(), file);
    }
  }

  private TestClients harbor(String name) {
    return TestClients.app(
        TestUsers.administrator(client()),
        Map.of(
            "client_name",
            name,
            "application_type",
            "native",
            "redirect_uris",
            List.of("http://127.0.0.1/back"),
            "require_consent",
            true,
            "tos_uri",
            "https://app.example.org/terms"));
  }

  private String link(TestClients client, App app, Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>(Visitor.request(client));
    parameters.put("redirect_uri", app.uri());
    parameters.put("scope", "openid profile email orders:read");
    parameters.putAll(more);
    return client().baseUrl() + "/oauth2/authorize?" + TestClients.encoded(parameters);
  }

  private static void logIn(Chromium browser, String username, String password) {
    browser.visible("#username").clear();
    browser.visible("#username").sendKeys(username);
    browser.visible("#password").sendKeys(password, Keys.ENTER);
  }
}

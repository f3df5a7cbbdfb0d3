package dev.signet.flow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.chromium.ChromiumDriverCommandExecutor;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.CommandInfo;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpMethod;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium. Both it and its driver must be installed: nothing is downloaded, and tests
 * that need them are skipped where they are not. It starts once, and forgets all between tests.
 */
final class Chromium {
  private static final Optional<Path> PROGRAM =
      installed("chromium", "chromium-browser", "google-chrome");
  private static final Optional<Path> DRIVER = installed("chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static {
    if (!isInstalled()) {
      System.out.println("Browser tests are skipped: no Chromium with chromedriver on the PATH.");
    }
  }

  /**
   * A cookie as the browser keeps it, readable from script or not.
   *
   * @param sameSite empty where the server did not say
   */
  record Cookie(
      String name, String value, String path, boolean httpOnly, boolean secure, String sameSite) {}

  private static Driver started;

  private final Driver driver;

  private Chromium(Driver driver) {
    this.driver = driver;
  }

  /** Opens a browser without cookies, or skips the test. */
  static Chromium open() {
    assumeTrue(isInstalled(), "no Chromium with chromedriver on the PATH");
    if (started == null) {
      started = start();
    }
    Chromium chromium = new Chromium(started);
    chromium.forget();
    return chromium;
  }

  private void forget() {
    visit("about:blank");
    devTools("Network.clearBrowserCookies", Map.of());
    devTools("Emulation.clearDeviceMetricsOverride", Map.of());
    scripts(true);
    prefer("light");
    violations();
  }

  /** Ends what has been started, if anything. */
  static void stop() {
    if (started != null) {
      started.quit();
      started = null;
    }
  }

  private static Driver start() {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(PROGRAM.orElseThrow().toFile());
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    options.addArguments(
        "--headless=new",
        "--window-size=1024,1200",
        "--disable-dev-shm-usage", // small in containers
        "--force-prefers-reduced-motion"); // nothing moves on its way to a click
    if ("root".equals(System.getProperty("user.name"))) {
      options.addArguments("--no-sandbox"); // which refuses to work for root
    }
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    return new Driver(service, options);
  }

  private static boolean isInstalled() {
    return PROGRAM.isPresent() && DRIVER.isPresent();
  }

  private static Optional<Path> installed(String... names) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(names)
        .flatMap(
            name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  void visit(String url) {
    driver.get(url);
  }

  void reload() {
    driver.navigate().refresh();
  }

  /** An element that a person can see, as soon as it is there. */
  WebElement visible(String selector) {
    return await(
        "to see " + selector,
        page ->
            page.findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
  }

  /** Waits until an element that can be seen has a text. */
  void awaitText(String selector, String text) {
    await(
        selector + " to say " + text,
        page ->
            page.findElements(By.cssSelector(selector)).stream()
                .anyMatch(element -> element.isDisplayed() && element.getText().contains(text)));
  }

  <T> T await(String what, Function<WebDriver, T> condition) {
    return new WebDriverWait(driver, PATIENCE)
        // The driver has several errors for an element of a page that is being replaced.
        .ignoring(WebDriverException.class)
        .withMessage(() -> "Waited for " + what + " in:\n" + driver.getPageSource())
        .until(condition);
  }

  boolean isVisible(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream().anyMatch(WebElement::isDisplayed);
  }

  /** The element of this identifier, as soon as it has the focus: pages give it when drawn. */
  WebElement awaitFocus(String id) {
    return await(
        "the focus on " + id,
        page -> {
          WebElement focused = page.switchTo().activeElement();
          return id.equals(focused.getDomAttribute("id")) ? focused : null;
        });
  }

  /** The element that has the focus. */
  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** The page as it is now, with what scripts have added. */
  String source() {
    return driver.getPageSource();
  }

  /** Runs the body of a function as a script of the page would run. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The status of a call that a script of this page makes. */
  long statusOf(String method, String path) {
    return (Long)
        driver.executeAsyncScript(
            "const [method, path, done] = arguments;"
                + "const json = {headers: {'Content-Type': 'application/json'}, body: '{}'};"
                + "fetch(path, {method, ...(method === 'POST' ? json : {})})"
                + ".then((answer) => done(answer.status), done)",
            method,
            path);
  }

  /** All cookies, also those that scripts and this page do not get. */
  List<Cookie> cookies() {
    List<?> cookies = (List<?>) devTools("Storage.getCookies", Map.of()).get("cookies");
    return cookies.stream()
        .map(Map.class::cast)
        .map(
            cookie ->
                new Cookie(
                    (String) cookie.get("name"),
                    (String) cookie.get("value"),
                    (String) cookie.get("path"),
                    (Boolean) cookie.get("httpOnly"),
                    (Boolean) cookie.get("secure"),
                    cookie.get("sameSite") instanceof String sameSite ? sameSite : ""))
        .toList();
  }

  /** Shows pages as a small device does. */
  void narrow(int width, int height) {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", true));
  }

  /** Whether pages may run scripts; the test's own cannot run either without. */
  void scripts(boolean on) {
    devTools("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
  }

  /** Asks for {@code light} or {@code dark} pages. */
  void prefer(String scheme) {
    devTools(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Keeps what is seen now, for people to look at. */
  void picture(String name) {
    String png = (String) devTools("Page.captureScreenshot", Map.of("format", "png")).get("data");
    try {
      Path folder = Files.createDirectories(Path.of("target", "pictures"));
      Files.write(folder.resolve(name + ".png"), Base64.getDecoder().decode(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the browser is. */
  String address() {
    return driver.getCurrentUrl();
  }

  /** A command of the Chrome DevTools Protocol. */
  Map<?, ?> devTools(String command, Map<String, ?> parameters) {
    return driver.devTools(command, parameters);
  }

  /** What the Content-Security-Policy has stopped since the last call. */
  List<String> violations() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(message -> message.contains("Content Security Policy"))
        .toList();
  }

  /** Selenium's own class for Chrome does not work without the part that downloads browsers. */
  private static final class Driver extends RemoteWebDriver {
    private static final String DEV_TOOLS = "devTools";

    /** The driver's process starts and ends with the session. */
    Driver(ChromeDriverService service, ChromeOptions options) {
      super(
          new ChromiumDriverCommandExecutor(
              service,
              Map.of(
                  DEV_TOOLS,
                  new CommandInfo("/session/:sessionId/goog/cdp/execute", HttpMethod.POST)),
              ClientConfig.defaultConfig().readTimeout(Duration.ofMinutes(1))),
          options);
    }

    Map<?, ?> devTools(String command, Map<String, ?> parameters) {
      return (Map<?, ?>)
          execute(DEV_TOOLS, Map.of("cmd", command, "params", parameters)).getValue();
    }
  }
}

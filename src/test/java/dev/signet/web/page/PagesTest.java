package dev.signet.web.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.BrandSettings;
import dev.signet.base.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PagesTest {
  private static final String MARKUP = "<img src=x onerror='a(\"1\")'>&amp;";
  private static final Map<String, String> SET =
      Map.of(
          "signet.issuer",
          "https://example.org/id",
          "signet.brand.name",
          MARKUP,
          "signet.brand.terms",
          "https://example.org/terms?a=1&b=2",
          "signet.brand.scopes",
          "orders=See " + MARKUP + ";openid=Know you;drafts=Drafts",
          "signet.brand.scopes.de",
          "drafts=Entwürfe");

  /** Without the semicolon, which separates scopes. */
  private static final Settings SETTINGS =
      Settings.read(key -> Optional.ofNullable(SET.get(key)).map(PagesTest::withoutEntity));

  private static final Pages PAGES = new Pages(SETTINGS.brand(), SETTINGS);

  private static String withoutEntity(String text) {
    return text.replace("&amp;", "&");
  }

  /** Every page, full of markup. */
  static Stream<Page> pages() {
    return Pages.LANGUAGES.stream()
        .map(language -> PAGES.frame(request(language.toLanguageTag()), Optional.empty()))
        .flatMap(
            frame -> {
              List<Hidden> hidden = List.of(new Hidden("csrf", MARKUP), new Hidden("b", MARKUP));
              Optional<String> some = Optional.of(MARKUP);
              return Stream.of(
                  new LoginPage(frame, "/oauth2/login", hidden, some, MARKUP, some),
                  new LoginPage(
                      frame, "/oauth2/login", hidden, Optional.empty(), "", Optional.empty()),
                  new ConsentPage(
                      frame,
                      "/oauth2/consent",
                      hidden,
                      MARKUP,
                      List.of(MARKUP),
                      MARKUP,
                      List.of("openid", "orders", MARKUP),
                      some,
                      some,
                      some),
                  new PasswordPage(frame, "/oauth2/password", hidden, MARKUP, some, true),
                  new DevicePage(frame, "/oauth2/device", hidden, MARKUP, some),
                  new LogoutPage(frame, "/oauth2/logout", hidden, some, MARKUP),
                  new LogoutPage(frame, "/oauth2/logout", hidden, Optional.empty(), MARKUP),
                  MessagePage.done(frame, "device.done"),
                  MessagePage.done(frame, "logged-out"),
                  AgainPage.ofOldPage(frame, "/oauth2/authorize", hidden),
                  AgainPage.ofAnotherName(
                      frame, "https://id.example.org", "/oauth2/authorize", hidden),
                  MessagePage.error(frame, "request", some),
                  new FormPostPage(frame, "https://app.example.org/cb?a=" + MARKUP, hidden));
            });
  }

  @ParameterizedTest
  @MethodSource("pages")
  void markupIsShownAsText(Page page) {
    String html = page.html();

    assertFalse(html.contains("<img"), html);
    assertFalse(html.contains("='a("), html);
    assertTrue(html.contains("&lt;img src=x onerror=&#39;a(&quot;1&quot;)&#39;&gt;&amp;"), html);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyPageSaysItsLanguageAndHasOneHeading(Page page) {
    String html = page.html();

    assertTrue(html.contains("<html lang=\"" + page.frame().lang() + "\">"), html);
    assertEquals(2, html.split("<h1>", -1).length, html);
    assertFalse(html.contains("{{"), html);
    assertFalse(html.contains("<style") || html.contains(" style="), html);
    assertFalse(html.contains("<script>") || html.matches("(?s).* on[a-z]+=\".*"), html);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyFieldHasALabelOrIsHidden(Page page) {
    Matcher fields =
        Pattern.compile("<input (?!type=\"hidden\")id=\"([a-z_]+)\"").matcher(page.html());
    int labels = page.html().split("<label ", -1).length - 1;
    int found = 0;
    while (fields.find()) {
      assertTrue(page.html().contains("<label for=\"" + fields.group(1) + "\">"));
      found++;
    }
    assertEquals(labels, found);
  }

  @Test
  void addressesAreBelowTheIssuersPath() {
    String html = MessagePage.done(frame("en"), "logged-out").html();

    assertTrue(html.contains("href=\"/id/page.css\""), html);
    assertTrue(html.contains("href=\"https://example.org/terms?a=1&amp;b=2\""), html);
  }

  @Test
  void faultIsAnnouncedAndBelongsToItsFields() {
    LoginPage page =
        new LoginPage(
            frame("en"), "/x", List.of(), Optional.empty(), "ada", Optional.of("It is wrong."));
    String html = page.html();

    assertTrue(html.contains("role=\"alert\" id=\"fault\">It is wrong.<"), html);
    assertEquals(3, html.split("aria-describedby=\"fault\"", -1).length, html);
  }

  /** Where the focus is, a fault is read out in any case. */
  @ParameterizedTest
  @CsvSource({"false, old", "true, 'new repeated'"})
  void faultOfAPasswordBelongsToTheFieldsThatAreWrong(boolean chosenIsWrong, String fields) {
    Optional<String> fault = Optional.of("It is wrong.");
    String html =
        new PasswordPage(frame("en"), "/x", List.of(), "ada", fault, chosenIsWrong).html();

    assertEquals(
        List.of(fields.split(" ", -1)),
        Pattern.compile("<input id=\"(\\w+)\"[^>]* aria-invalid=\"true\"")
            .matcher(html)
            .results()
            .map(field -> field.group(1))
            .toList());
    assertTrue(
        Pattern.compile("id=\"old\"[^>]* autofocus[^>]* aria-describedby=\"fault\"")
            .matcher(html)
            .find(),
        html);
  }

  @Test
  void focusIsWhereSomethingIsMissing() {
    Frame frame = frame("en");
    String unknown =
        new LoginPage(frame, "/x", List.of(), Optional.empty(), "", Optional.empty()).html();
    String known =
        new LoginPage(frame, "/x", List.of(), Optional.empty(), "ada", Optional.empty()).html();

    assertTrue(Pattern.compile("id=\"username\"[^>]* autofocus").matcher(unknown).find());
    assertFalse(Pattern.compile("id=\"password\"[^>]* autofocus").matcher(unknown).find());
    assertTrue(Pattern.compile("id=\"password\"[^>]* autofocus").matcher(known).find());
  }

  @Test
  void scopesAreInTheOperatorsWordsThenInSignetsThenTheirNames() {
    assertEquals("Know you", frame("en").scope("openid"));
    assertEquals("See your email address", frame("en").scope("email"));
    assertEquals("Entwürfe", frame("de").scope("drafts"));
    assertEquals("Know you", frame("de").scope("openid"));
    assertEquals("Ihre E-Mail-Adresse sehen", frame("de").scope("email"));
    assertEquals("other:scope", frame("de").scope("other:scope"));
  }

  @Test
  void permissionsBeginWithWhoSomebodyIs() {
    List<String> scopes = List.of("a:read", "api", "email", "offline_access", "openid", "z:read");
    Frame frame = frame("en");

    assertEquals(
        List.of("openid", "email", "a:read", "z:read", "api", "offline_access").stream()
            .map(frame::scope)
            .toList(),
        new ConsentPage(
                frame,
                "/x",
                List.of(),
                "Harbor",
                List.of(),
                "ada",
                scopes,
                Optional.empty(),
                Optional.empty(),
                Optional.empty())
            .permissions());
  }

  @Test
  void consentLinksToWhoAsks() {
    Optional<String> home = Optional.of("https://harbor.example.org/");
    Optional<String> none = Optional.empty();
    ConsentPage page =
        new ConsentPage(
            frame("en"), "/x", List.of(), "Harbor", List.of(), "ada", List.of(), home, none, none);

    assertTrue(
        page.html().contains("<a href=\"https://harbor.example.org/\">Website of Harbor</a>"),
        page::html);
  }

  @Test
  void unknownKindOfErrorIsAnyError() {
    assertEquals(
        "Something went wrong",
        MessagePage.error(frame("en"), "no-such-kind", Optional.empty()).title());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, none, en",
        "de, none, de",
        "de-AT, none, de",
        "'fr, de;q=0.5', none, de",
        "fr, none, en",
        "'en-GB, de', none, en",
        "de, en, en",
        "en, fr-CA de, de",
        "en, de_DE, de",
        "en, ' fr_CA   de_AT ', de",
        "de, fr, de",
        "de, '!!', de",
        "'*', none, en",
        "';;;', none, en",
        "-, none, en",
        "de, -, de"
      })
  void languageIsTheOneAskedForBest(String browser, String uiLocales, String language) {
    assertEquals(language, PAGES.frame(request(browser), Optional.ofNullable(uiLocales)).lang());
  }

  /** Every page must exist completely in every language. */
  @Test
  void everyLanguageHasTheSameTextsAndTemplatesNameNoOthers() throws IOException {
    Set<String> english = bundle(Locale.ENGLISH).keySet();
    for (Locale language : Pages.LANGUAGES) {
      assertEquals(english, bundle(language).keySet());
      for (String key : english) {
        assertFalse(bundle(language).getString(key).contains("'"), key);
      }
    }
    for (String template :
        List.of(
            "layout", "login", "password", "consent", "device", "logout", "message", "form-post")) {
      Matcher keys = Pattern.compile("\\{\\{#t}}([^{]+)\\{\\{/t}}").matcher(read(template));
      while (keys.find()) {
        assertTrue(english.contains(keys.group(1)), template + ": " + keys.group(1));
      }
    }
  }

  @Test
  void pagesTellNothingToLogs() {
    Set<String> told = new HashSet<>();
    pages().forEach(page -> told.add(page.toString()));

    assertFalse(told.toString().contains("csrf"), told.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'#ffffff', true",
    "'#000000', false",
    "'#a3262f', false",
    "'#f08a8f', true",
    "'#1f5fbf', false",
    "'#ffd400', true"
  })
  void textOnTheBrandColorIsReadable(String color, boolean light) {
    assertEquals(light, BrandStyle.isLight(color));
  }

  /** WCAG 2.2, 1.4.3. */
  @Test
  void textOnEachBrandColorHasItsContrast() {
    for (int grey = 0; grey < 256; grey++) {
      String color = String.format("#%1$02x%1$02x%1$02x", grey);
      Matcher text = Pattern.compile("--on-seal: (#\\w{6});").matcher(style(color));
      assertTrue(text.find(), color);
      double one = BrandStyle.luminance(color);
      double other = BrandStyle.luminance(text.group(1));
      double contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      assertTrue(contrast >= 4.5, color + " has " + contrast);
    }
  }

  private static String style(String color) {
    return BrandStyle.style(
        Settings.read(key -> Optional.of(color).filter(any -> key.equals("signet.brand.color")))
            .brand());
  }

  @Test
  void brandColorsBecomeVariables() {
    BrandSettings brand =
        Settings.read(
                key ->
                    Optional.ofNullable(
                        Map.of(
                                "signet.brand.color", "#1f5fbf",
                                "signet.brand.color.dark", "#8ab8ff")
                            .get(key)))
            .brand();

    assertEquals(
        """
        :root { --seal: #1f5fbf; --on-seal: #ffffff; }
        @media (prefers-color-scheme: dark) { :root { --seal: #8ab8ff; --on-seal: #000000; } }
        """,
        BrandStyle.style(brand));
    assertEquals("", BrandStyle.style(Settings.read(key -> Optional.empty()).brand()));
  }

  private static Frame frame(String language) {
    return PAGES.frame(request(language), Optional.empty());
  }

  private static ResourceBundle bundle(Locale language) {
    return ResourceBundle.getBundle(
        "dev.signet.web.page.texts",
        language,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  private static String read(String template) throws IOException {
    try (InputStream in = Pages.class.getResourceAsStream(template + ".mustache")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static HttpServletRequest request(String language) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            PagesTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getHeader") && arguments[0].equals("Accept-Language")) {
                return language;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}

package dev.signet.flow;

import static dev.signet.flow.Visitor.answer;
import static dev.signet.flow.Visitor.assertConsentPage;
import static dev.signet.flow.Visitor.assertError;
import static dev.signet.flow.Visitor.assertLoginPage;
import static dev.signet.flow.Visitor.assertPage;
import static dev.signet.flow.Visitor.code;
import static dev.signet.flow.Visitor.fields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.base.secret.OpaqueToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The authorization code flow: login, consent and single sign-on (RFC 6749, OIDC Core). */
interface AuthorizationFlow extends Flow {
  @Test
  default void codeFlowLeadsThroughLoginAndConsentToTokens() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of("require_consent", true));
    Visitor visitor = new Visitor(client());

    Client.Reply consent = visitor.logIn(request(app), ada.username());
    assertConsentPage(consent);
    assertTrue(consent.body().contains(ada.username()), consent::toString);
    assertTrue(consent.body().contains("<li>Confirm your identity</li>"), consent::toString);
    assertTrue(consent.body().contains("app.example.org"), consent::toString);
    Client.Reply tokens = visitor.redeem(app, code(visitor.decide(consent, "allow")));

    assertEquals(200, tokens.status(), tokens::toString);
    JsonNode answer = tokens.json();
    assertEquals("openid orders:read", answer.path("scope").asText());
    assertFalse(answer.path("access_token").asText().isEmpty(), tokens::toString);
    assertFalse(answer.path("refresh_token").asText().isEmpty(), tokens::toString);
  }

  @Test
  default void whoIsLoggedInAndHasAgreedIsNotAskedAgain() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of("require_consent", true));
    Visitor visitor = new Visitor(client());
    visitor.decide(visitor.logIn(request(app), ada.username()), "allow");

    code(visitor.authorize(request(app)));
    code(visitor.authorize(request(app, "prompt", "none")));
    assertConsentPage(visitor.authorize(request(app, "scope", "openid email")));
    assertConsentPage(visitor.authorize(request(app, "claims", "{\"userinfo\":{\"email\":null}}")));
    assertError("consent_required", visitor.authorize(all(app, "prompt=none scope=email")));
  }

  @Test
  default void clientThatNeedsNoConsentGetsItsCodeAfterTheLogin() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());

    assertNotEquals(
        code(visitor.logIn(request(app), ada.username())), code(visitor.authorize(request(app))));
    assertConsentPage(visitor.authorize(request(app, "prompt", "consent")));
  }

  @Test
  default void cookieIsAnotherOneAfterTheLogin() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Client.Reply page = visitor.authorize(request(app));
    Browser.Cookie before = visitor.cookie();
    visitor.logIn(page, ada.username(), TestUsers.PASSWORD);
    Browser.Cookie after = visitor.cookie();

    assertNotEquals(before.value(), after.value());
    for (Browser.Cookie cookie : List.of(before, after)) {
      assertEquals("/", cookie.attributes().get("Path"));
      assertEquals("Lax", cookie.attributes().get("SameSite"));
      assertTrue(cookie.attributes().keySet().containsAll(List.of("HttpOnly", "Secure")));
    }
  }

  /** An attacker who knew the previous cookie must not be able to use it. */
  @Test
  default void cookieFromBeforeTheLoginIsNobody() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Client.Reply page = visitor.authorize(request(app));
    String before = visitor.cookie().value();
    code(visitor.logIn(page, ada.username(), TestUsers.PASSWORD));
    Browser thief = new Browser(client());
    thief.plant(Visitor.COOKIE, before);

    assertLoginPage(thief.get("/oauth2/authorize?" + TestClients.encoded(request(app))));
  }

  @Test
  default void oneTimePasswordIsReplacedOnTheWayToTheClient() {
    String name = ServerSession.NEWCOMERS.get(0);
    String chosen = TestUsers.OTHER_PASSWORD;
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Client.Reply page = visitor.logIn(request(app, "prompt", "login"), name);

    assertPage(200, "<h1>Choose a password</h1>", page);
    assertPage(200, "<h1>Choose a password</h1>", visitor.authorize(request(app)));
    assertError("interaction_required", visitor.authorize(request(app, "prompt", "none")));
    String old = TestUsers.PASSWORD;
    assertPage(400, "Enter the one-time password", visitor.choose(page, old, "", ""));
    assertPage(400, "passwords do not match", visitor.choose(page, old, chosen, chosen + "x"));
    assertPage(400, "one-time password is incorrect", visitor.choose(page, chosen, chosen, chosen));
    assertPage(400, "must differ", visitor.choose(page, old, old, old));
    assertPage(400, "easy to guess", visitor.choose(page, old, "password", "password"));
    Client.Reply done = visitor.choose(page, old, chosen, chosen);

    assertEquals(200, visitor.redeem(app, code(done)).status());
    assertEquals(401, TestUsers.login(client(), name, old).status());
    code(visitor.authorize(request(app)));
    Visitor elsewhere = new Visitor(client());
    code(elsewhere.logIn(elsewhere.authorize(request(app)), name, chosen));
  }

  @Test
  default void loginPromptAsksForThePasswordOnceMore() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of("require_consent", true));
    Visitor visitor = new Visitor(client());
    visitor.decide(visitor.logIn(request(app), ada.username()), "allow");

    for (String prompt : List.of("login", "select_account")) {
      code(visitor.logIn(request(app, "prompt", prompt), ada.username()));
    }
    // Both are asked for, and neither again.
    Client.Reply consent = visitor.logIn(request(app, "prompt", "login consent"), ada.username());
    code(visitor.decide(consent, "allow"));
  }

  @Test
  default void maxAgeAsksForARecentPassword() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    code(visitor.logIn(request(app), ada.username()));

    code(visitor.authorize(request(app, "max_age", "10000")));
    code(visitor.logIn(request(app, "max_age", "0"), ada.username()));
    assertError("login_required", visitor.authorize(all(app, "max_age=0 prompt=none")));
    TestClients careful = app(Map.of("default_max_age", 0));
    assertLoginPage(visitor.authorize(request(careful)));
    code(visitor.authorize(request(careful, "max_age", "10000")));
  }

  @Test
  default void questionAboutTheAnswerGetsNoCode() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    code(visitor.logIn(request(app), ada.username()));

    Client.Reply reply = visitor.askAbout("/oauth2/authorize?" + TestClients.encoded(request(app)));

    assertEquals(405, reply.status(), reply::toString);
    assertTrue(reply.header("Allow").orElse("").contains("GET"), reply::toString);
    assertEquals(Optional.empty(), reply.header("Location"), reply::toString);
  }

  @Test
  default void nobodyIsAskedAnythingIfTheClientWantsThat() {
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());

    assertError("login_required", visitor.authorize(request(app, "prompt", "none")));
    assertError("invalid_request", visitor.authorize(request(app, "prompt", "none login")));
  }

  @Test
  default void hintNamesWhoMustBeLoggedIn() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestUsers.Person bob = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Client.Reply tokens = visitor.redeem(app, code(visitor.logIn(request(app), ada.username())));
    String hint = tokens.json().path("id_token").asText();
    assertFalse(hint.isEmpty(), tokens::toString);

    code(visitor.authorize(all(app, "prompt=none id_token_hint=" + hint)));
    Visitor other = new Visitor(client());
    code(other.logIn(request(app), bob.username()));
    assertError("login_required", other.authorize(all(app, "prompt=none id_token_hint=" + hint)));
    Client.Reply page = other.authorize(request(app, "id_token_hint", hint));
    assertLoginPage(page);
    assertError("login_required", other.logIn(page, bob.username(), TestUsers.PASSWORD));
    code(other.logIn(request(app, "id_token_hint", hint), ada.username()));
    assertError(
        "login_required",
        visitor.authorize(
            request(
                app(Map.of()),
                "claims",
                "{\"id_token\":{\"sub\":{\"value\":\"" + bob.id() + "\"}}}",
                "prompt",
                "none")));
  }

  /** No standard bounds them, and a large cloud sends a state of 2,372 characters. */
  @Test
  default void stateNonceAndScopeMayBeAsLongAsTheRequest() throws Exception {
    String scope = "openid" + longScope();
    TestClients app = app(Map.of("scope", scope));
    TestUsers.Person ada = TestUsers.loggedIn(client());
    Visitor visitor = new Visitor(client());
    Map<String, String> request = request(app);
    request.put("scope", scope);
    request.put("state", "s".repeat(2_372));
    request.put("nonce", "n".repeat(1_000));
    assertLoginPage(visitor.authorize(request));

    Client.Reply reply = visitor.logIn(request, ada.username());

    Map<String, String> answer =
        Visitor.parameters(
            reply.header("Location").orElse("").substring(TestClients.CALLBACK.length() + 1));
    assertEquals(request.get("state"), answer.get("state"), reply::toString);
    Client.Reply tokens = visitor.redeem(app, answer.get("code"));
    assertEquals(200, tokens.status(), tokens::toString);
    assertEquals(
        request.get("nonce"),
        Forgery.part(tokens.json().path("id_token").asText(), 1).path("nonce").asText());
    assertEquals(scope.split(" ").length, tokens.json().path("scope").asText().split(" ").length);
  }

  private static String longScope() {
    StringBuilder scope = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      scope.append(" orders:warehouse-").append(i);
    }
    return scope.toString();
  }

  @Test
  default void longestStateComesBackInALink() {
    TestClients app = app(Map.of());
    Map<String, String> request = request(app);
    request.put("prompt", "none");
    request.put("state", "s".repeat(5_400));

    Client.Reply reply = new Visitor(client()).authorize(request);

    assertEquals(303, reply.status(), reply::toString);
    assertTrue(reply.header("Location").orElse("").contains(request.get("state")));
  }

  /** Clients that put lists together have more blanks than the standards. */
  @Test
  default void anyNumberOfBlanksSeparatesTheEntriesOfAList() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Map<String, String> request = request(app);
    request.put("scope", " openid   orders:read ");
    request.put("prompt", "login  consent ");
    request.put("acr_values", "  urn:signet:acr:fresh  urn:signet:acr:password");
    request.put("ui_locales", " fr   de ");
    Client.Reply page = visitor.authorize(request);
    assertPage(200, "<h1>Anmelden</h1>", page);

    Client.Reply consent = visitor.logIn(page, ada.username(), TestUsers.PASSWORD);

    assertPage(200, "bittet um Zugriff</h1>", consent);
    Client.Reply tokens = visitor.redeem(app, code(visitor.allow(consent)));
    assertEquals("openid orders:read", tokens.json().path("scope").asText(), tokens::toString);
  }

  @Test
  default void hintFillsInTheUsername() {
    Client.Reply page =
        new Visitor(client()).authorize(request(app(Map.of()), "login_hint", "ada <lovelace>"));

    assertLoginPage(page);
    assertTrue(page.body().contains(" value=\"ada &lt;lovelace&gt;\""), page::toString);
  }

  @Test
  default void wrongPasswordShowsThePageAgain() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Client.Reply page = visitor.authorize(request(app));
    Client.Reply again = visitor.logIn(page, ada.username(), TestUsers.OTHER_PASSWORD);

    assertPage(401, "role=\"alert\" id=\"fault\">Incorrect username or password", again);
    assertTrue(again.body().contains("value=\"" + ada.username() + "\""), again::toString);
    assertFalse(again.body().contains(TestUsers.OTHER_PASSWORD));
    assertEquals(
        again.body().replace(ada.username(), ""),
        visitor
            .logIn(page, "nobody-" + ada.username(), TestUsers.PASSWORD)
            .body()
            .replace("nobody-" + ada.username(), ""),
        "nobody learns who exists");
    assertPage(400, "Enter your username", visitor.logIn(page, ada.username(), ""));
    code(visitor.logIn(again, ada.username(), TestUsers.PASSWORD));
  }

  @Test
  default void denialAndCancellationAreTold() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of("require_consent", true));
    Visitor visitor = new Visitor(client());
    Map<String, String> form = new HashMap<>(fields(visitor.authorize(request(app))));
    form.put("cancel", "true");
    assertError("access_denied", visitor.submit("/oauth2/login", form));

    assertError(
        "access_denied", visitor.decide(visitor.logIn(request(app), ada.username()), "deny"));
    assertError("consent_required", visitor.authorize(request(app, "prompt", "none")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "wrong", "of another browser", "of another form"})
  default void formThatThisBrowserWasNotShownHasNoEffect(String token) {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Map<String, String> form = new HashMap<>(fields(visitor.authorize(request(app))));
    form.put("username", ada.username());
    form.put("password", TestUsers.PASSWORD);
    switch (token) {
      case "missing" -> form.remove("csrf");
      case "wrong" -> form.put("csrf", "x".repeat(43));
      case "of another browser" -> {
        Visitor other = new Visitor(client());
        form.put("csrf", fields(other.authorize(request(app))).get("csrf"));
      }
      default -> {
        code(visitor.logIn(request(app), ada.username()));
        form.put("csrf", fields(visitor.authorize(request(app, "prompt", "consent"))).get("csrf"));
      }
    }
    String before = visitor.cookie().value();

    assertPage(403, "This page has expired", visitor.submit("/oauth2/login", form));
    assertEquals(before, visitor.cookie().value());
  }

  @Test
  default void formFromAnotherSiteHasNoEffect() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Map<String, String> form = new HashMap<>(fields(visitor.authorize(request(app))));
    form.put("username", ada.username());
    form.put("password", TestUsers.PASSWORD);

    for (Map<String, String> headers :
        List.of(
            Map.of("Origin", "https://evil.example"),
            Map.of("Origin", "null"),
            Map.of("Sec-Fetch-Site", "cross-site"))) {
      assertPage(403, "This page has expired", visitor.submit("/oauth2/login", form, headers));
    }
    assertLoginPage(visitor.authorize(request(app)));
  }

  /** Without that, it would lead from one page that is too old to the next. */
  @Test
  default void loginUnderAnotherNameLeadsToTheIssuers() {
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Map<String, String> form = fields(visitor.authorize(request(app)));

    Client.Reply page =
        visitor.submit(
            "/oauth2/login",
            form,
            Map.of("Origin", "http://other.example.org", "Sec-Fetch-Site", "same-origin"));

    assertPage(403, "<h1>This address does not work</h1>", page);
    String issuer = System.getProperty(ServerSession.URL);
    assertTrue(
        page.body().contains("<form method=\"get\" action=\"" + issuer + "/oauth2/authorize\">"),
        page::body);
    assertEquals(app.id(), fields(page).get("client_id"));
  }

  /** Phones and clipboards add blanks. */
  @Test
  default void blanksAroundTheUsernameAreNoPartOfItOnTheLoginPage() {
    TestUsers.Person ada = TestUsers.loggedIn(client());

    code(new Visitor(client()).logIn(request(app(Map.of())), " " + ada.username() + "\u00a0"));
  }

  @Test
  default void languageMayBeWrittenWithAnUnderscore() {
    assertPage(
        200,
        "<h1>Anmelden</h1>",
        new Visitor(client()).authorize(request(app(Map.of()), "ui_locales", "de_DE")));
  }

  /** Or a page for something harmless would agree to something else. */
  @Test
  default void consentIsForTheRequestThatWasShown() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of("require_consent", true));
    Visitor visitor = new Visitor(client());
    Map<String, String> form =
        new HashMap<>(fields(visitor.logIn(request(app, "scope", "openid"), ada.username())));
    form.put("decision", "allow");
    form.put("request", TestClients.encoded(request(app, "scope", "openid email")));

    assertPage(403, "This page has expired", visitor.submit("/oauth2/consent", form));
    assertConsentPage(visitor.authorize(request(app, "scope", "openid email")));
  }

  /** Of two login pages in one browser, the second expires when the user submits the first. */
  @Test
  default void pageThatIsTooOldLeadsBackIntoItsRequest() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    visitor.authorize(request(app)); // With a cookie from now on.
    Client.Reply first = visitor.authorize(request(app));
    Client.Reply second = visitor.authorize(request(app, "scope", "openid email"));
    Client.Reply careful = visitor.authorize(request(app, "prompt", "login"));
    code(visitor.logIn(first, ada.username(), TestUsers.PASSWORD));

    Client.Reply old = visitor.logIn(second, ada.username(), TestUsers.PASSWORD);
    assertPage(403, "This page has expired", old);
    assertPage(403, "<form method=\"get\" action=\"", old);
    assertEquals(request(app, "scope", "openid email"), fields(old));
    code(visitor.authorize(fields(old)));
    Client.Reply again = visitor.logIn(careful, ada.username(), TestUsers.PASSWORD);
    assertPage(403, "This page has expired", again);
    // A login for another request is none for one that wants its own.
    code(visitor.logIn(fields(again), ada.username()));
  }

  /** The page of that form is only shown after the login. */
  @Test
  default void whoHasTheCookieCannotMakeTheFormThatComesAfterALogin() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of("require_consent", true));
    Visitor visitor = new Visitor(client());
    code(visitor.decide(visitor.logIn(request(app), ada.username()), "allow"));
    String query = TestClients.encoded(request(app, "prompt", "login"));

    for (String form : List.of("consent", "password")) {
      String seed = "form:" + visitor.cookie().value() + ":" + form + " " + query;
      String forged = new OpaqueToken(seed).hash();
      assertPage(
          403,
          "This page has expired",
          visitor.submit(
              "/oauth2/" + form, Map.of("request", query, "csrf", forged, "decision", "allow")));
    }
  }

  @Test
  default void answerCanBeAForm() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    Client.Reply page = visitor.logIn(request(app, "response_mode", "form_post"), ada.username());

    assertPage(200, "<form method=\"post\" action=\"" + TestClients.CALLBACK + "\">", page);
    Map<String, String> fields = fields(page);
    assertEquals(Visitor.STATE, fields.get("state"));
    assertEquals(client().baseUrl(), fields.get("iss"));
    assertEquals(200, visitor.redeem(app, fields.get("code")).status());
    Client.Reply refused =
        visitor.authorize(all(app, "response_mode=form_post response_type=token"));
    assertEquals("unsupported_response_type", fields(refused).get("error"));
    assertEquals(Visitor.STATE, fields(refused).get("state"));
    assertEquals(client().baseUrl(), fields(refused).get("iss"));
    code(visitor.authorize(request(app, "response_mode", "query")));
  }

  @Test
  default void answerAsAFormIsInTheLanguageThatTheClientAsksFor() {
    Map<String, String> request = request(app(Map.of()), "response_mode", "form_post");
    request.put("prompt", "none");
    request.put("ui_locales", "de");

    assertPage(200, "<html lang=\"de\">", new Visitor(client()).authorize(request));
  }

  @Test
  default void parametersCanComeAsAForm() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    code(visitor.logIn(request(app), ada.username()));
    Client.Reply reply =
        visitor.submit(
            "/oauth2/authorize", request(app), Map.of("Origin", "https://app.example.org"));

    assertEquals(303, reply.status(), reply::toString);
    String location = reply.header("Location").orElse("");
    String endpoint = client().baseUrl() + "/oauth2/authorize?";
    assertTrue(location.startsWith(endpoint), location);
    code(visitor.follow(location.substring(endpoint.length())));
  }

  @Test
  default void whoHasLoggedOutElsewhereIsAskedAgain() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    String code = code(visitor.logIn(request(app), ada.username()));
    assertEquals(204, ada.client().delete("/api/me/sessions").status());

    assertLoginPage(visitor.authorize(request(app)));
    assertEquals(400, visitor.redeem(app, code).status());
  }

  @Test
  default void whoIsDisabledGetsNoCode() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    code(visitor.logIn(request(app), ada.username()));
    TestUsers.administrator(client()).patch("/api/users/" + ada.id(), Map.of("enabled", false));

    Client.Reply page = visitor.authorize(request(app));
    assertLoginPage(page);
    assertPage(
        401,
        "Incorrect username or password",
        visitor.logIn(page, ada.username(), TestUsers.PASSWORD));
  }

  @Test
  default void anotherUserInTheSameBrowserEndsTheFormersSession() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestUsers.Person bob = TestUsers.loggedIn(client());
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());
    code(visitor.logIn(request(app), ada.username()));
    int before = sessions(ada);
    code(visitor.logIn(request(app, "prompt", "login"), bob.username()));

    assertTrue(sessions(ada) < before);
    assertEquals(bob.id(), subject(visitor.redeem(app, code(visitor.authorize(request(app))))));
  }

  private static int sessions(TestUsers.Person person) {
    return person.client().get("/api/me/sessions").json().path("items").size();
  }

  private static String subject(Client.Reply tokens) {
    try {
      String token = tokens.json().path("access_token").asText();
      return Forgery.part(token, 1).path("sub").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestClients app(Map<String, ?> more) {
    return TestClients.app(TestUsers.administrator(client()), more);
  }

  private static Map<String, String> all(TestClients app, String pairs) {
    Map<String, String> parameters = request(app);
    for (String pair : pairs.split(" ", -1)) {
      parameters.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }
    return parameters;
  }

  private static Map<String, String> request(TestClients app, String... pairs) {
    Map<String, String> parameters = Visitor.request(app);
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.put(pairs[i], pairs[i + 1]);
    }
    return parameters;
  }
}

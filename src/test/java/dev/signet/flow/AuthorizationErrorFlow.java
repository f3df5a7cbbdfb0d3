package dev.signet.flow;

import static dev.signet.flow.Visitor.assertError;
import static dev.signet.flow.Visitor.assertLoginPage;
import static dev.signet.flow.Visitor.assertPage;
import static dev.signet.flow.Visitor.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Authorization requests that are refused: on a page, until it is clear who asks and where the
 * answer goes; from then on, to the client (RFC 6749, section 4.1.2.1).
 */
interface AuthorizationErrorFlow extends Flow {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.org/Callback?from=signet",
        "https://APP.example.org/callback?from=signet",
        "HTTPS://app.example.org/callback?from=signet",
        "https://app.example.org/callback/?from=signet",
        "https://app.example.org//callback?from=signet",
        "https://app.example.org/callback?from=signet&more=1",
        "https://app.example.org/callback?from=signet&",
        "https://app.example.org/callback",
        "https://app.example.org/callback?from=signe%74",
        "https://app.example.org/%63allback?from=signet",
        "https://app.example.org/a/../callback?from=signet",
        "https://app.example.org/callback?from=signet#",
        "https://app.example.org/callback?from=signet#fragment",
        "https://user@app.example.org/callback?from=signet",
        "https://app.example.org:443/callback?from=signet",
        "https://app.example.org:8443/callback?from=signet",
        "https://app.example.org.evil.example/callback?from=signet",
        "https://app.example.org@evil.example/callback?from=signet",
        "https://evil.example/?https://app.example.org/callback?from=signet",
        "https://app.example.org\\@evil.example/callback?from=signet",
        "https://app.example.org\\callback?from=signet",
        "https:\\\\app.example.org/callback?from=signet",
        "http://app.example.org/callback?from=signet",
        "//app.example.org/callback?from=signet",
        "javascript:alert(1)",
        " https://app.example.org/callback?from=signet",
        "https://app.example.org/callback?from=signet\r\nX: y",
        "https://app.example.org/callback?from=signet\u0000"
      })
  default void redirectUriThatIsNotRegisteredGetsAPage(String uri) {
    Client.Reply reply = visitor().authorize(request(app(Map.of()), "redirect_uri", uri));

    assertPage(400, "redirect_uri is not registered for this client", reply);
    assertFalse(reply.body().contains("evil.example"), reply::toString);
  }

  @Test
  default void errorPageIsInTheLanguageThatTheClientAsksFor() {
    Map<String, String> request = request(app(Map.of()), "redirect_uri", "https://x.example");
    request.put("ui_locales", "de");

    assertPage(400, "<h1>Dieser Link funktioniert nicht</h1>", visitor().authorize(request));
    assertPage(
        400,
        "<h1>This link does not work</h1>",
        visitor().follow(TestClients.encoded(request) + "&more=1".repeat(100)));
  }

  @Test
  default void whoAsksMustBeKnownOnce() {
    TestClients app = app(Map.of());
    String query = TestClients.encoded(request(app));

    assertPage(400, "client is unknown", visitor().authorize(request(app, "client_id", "nobody")));
    assertPage(
        400, "client is unknown", visitor().authorize(request(app, "client_id", "'; --\u0000")));
    assertPage(
        400,
        "client_id is missing or repeated",
        visitor().authorize(request(app, "client_id", null)));
    assertPage(400, "is missing or repeated", visitor().follow(query + "&client_id=" + app.id()));
    assertPage(
        400, "is missing or repeated", visitor().follow(query + "&redirect_uri=https%3A%2F%2Fx"));
    assertPage(
        400, "redirect_uri is missing", visitor().authorize(request(app, "redirect_uri", null)));
    assertPage(400, "too long", visitor().follow(query + "&more=" + "x".repeat(6000)));
    assertPage(400, "too many", visitor().follow(query + "&a=1".repeat(101)));
    assertPage(400, "client_id is missing or repeated", visitor().follow(""));
  }

  @Test
  default void disabledClientGetsAPage() {
    TestClients app = app(Map.of("enabled", false));

    assertPage(400, "client is unknown", visitor().authorize(request(app)));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "response_type, -, invalid_request",
        "response_type, token, unsupported_response_type",
        "response_type, code id_token, unsupported_response_type",
        "response_mode, fragment, invalid_request",
        "code_challenge, -, invalid_request",
        "code_challenge, short, invalid_request",
        "code_challenge, 0123456789012345678901234567890123456789012=, invalid_request",
        "code_challenge_method, -, invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, s256, invalid_request",
        "scope, admin, invalid_scope",
        "scope, openid admin, invalid_scope",
        "scope, 'openid\temail', invalid_scope",
        "resource, https://elsewhere.example, invalid_target",
        "request, eyJhbGciOiJub25lIn0.e30., request_not_supported",
        "request_uri, https://app.example.org/request, request_uri_not_supported",
        "prompt, create, invalid_request",
        "prompt, 'none consent', invalid_request",
        "max_age, -1, invalid_request",
        "max_age, soon, invalid_request",
        "claims, [], invalid_request",
        "claims, '{', invalid_request",
        "id_token_hint, nonsense, invalid_request",
        "dpop_jkt, short, invalid_request"
      })
  default void clientIsToldWhatIsWrong(String parameter, String value, String error) {
    assertError(error, visitor().authorize(request(app(Map.of()), parameter, value)));
  }

  /** The way that the answer goes may be said in the object alone (OIDC Core, section 6.1). */
  @Test
  default void refusalOfARequestObjectGoesBackTheWayThatItAsks() {
    String payload =
        "{\"response_mode\":\"form_post\",\"state\":\"of the object\","
            + "\"redirect_uri\":\"https://evil.example/\"}";
    String object =
        "eyJhbGciOiJub25lIn0."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.getBytes(StandardCharsets.UTF_8))
            + ".";

    Client.Reply page = visitor().authorize(request(app(Map.of()), "request", object));

    assertPage(200, "action=\"" + TestClients.CALLBACK + "\"", page);
    Map<String, String> fields = Visitor.fields(page);
    assertEquals("request_not_supported", fields.get("error"), page::toString);
    assertEquals("of the object", fields.get("state"), page::toString);
    assertFalse(page.body().contains("evil.example"), page::toString);
  }

  @Test
  default void levelOfLoginThatThereIsNotIsTold() {
    assertError(
        "unmet_authentication_requirements",
        visitor()
            .authorize(
                request(
                    app(Map.of()),
                    "claims",
                    "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"gold\"]}}}")));
    assertLoginPage(visitor().authorize(request(app(Map.of()), "acr_values", "gold")));
  }

  @Test
  default void languageThatThereIsNotIsNoError() {
    assertLoginPage(visitor().authorize(request(app(Map.of()), "ui_locales", "-")));
    for (String language : List.of("*", "xx", "x".repeat(500))) {
      assertPage(400, "<h1>", followFromUnknownClient(language));
    }
    // Two servers refuse by themselves what is no list of languages.
    for (String malformed : List.of("-", "de;q=x")) {
      Client.Reply reply = followFromUnknownClient(malformed);
      assertEquals(400, reply.status(), reply::toString);
    }
  }

  private Client.Reply followFromUnknownClient(String language) {
    return visitor()
        .follow(
            TestClients.encoded(request(app(Map.of()), "client_id", "nobody")),
            Map.of("Accept-Language", language));
  }

  @ParameterizedTest
  @ValueSource(strings = {"response_type=code", "scope=openid", "state=other", "nonce=other"})
  default void parameterThatComesTwiceIsRefused(String again) {
    Client.Reply reply =
        visitor().follow(TestClients.encoded(request(app(Map.of()))) + "&" + again);

    assertError("invalid_request", reply);
  }

  @Test
  default void parameterThatComesTwiceInAFormIsRefusedAfterTheRedirect() {
    String body = TestClients.encoded(request(app(Map.of()))) + "&nonce=other";
    Client.Reply reply = client().send(TestClients.form(client(), "/oauth2/authorize", body));

    assertEquals(303, reply.status(), reply::toString);
    String location = reply.header("Location").orElse("");
    assertError("invalid_request", visitor().follow(location.split("\\?", 2)[1]));
  }

  /** A state that cannot be sent back in the address of a redirect goes nowhere. */
  @Test
  default void stateThatDoesNotFitALinkIsAPage() {
    String query = TestClients.encoded(request(app(Map.of()), "state", null));

    assertPage(400, "state is too long", visitor().follow(query + "&state=" + ",".repeat(2_500)));
  }

  @Test
  default void grantMustBeRegistered() {
    TestClients service =
        TestClients.registered(
            TestUsers.administrator(client()),
            Map.of(
                "grant_types",
                List.of("client_credentials"),
                "redirect_uris",
                List.of(TestClients.CALLBACK),
                "scope",
                "openid orders:read"));

    assertError("unauthorized_client", visitor().authorize(request(service)));
  }

  @Test
  default void confidentialClientMayBeLetGoWithoutProof() {
    TestClients server =
        app(Map.of("token_endpoint_auth_method", "client_secret_basic", "require_pkce", false));
    Map<String, String> request = request(server, "code_challenge", null);
    assertError("invalid_request", visitor().authorize(request));
    request.remove("code_challenge_method");

    assertLoginPage(visitor().authorize(request));
  }

  /** RFC 8252, section 7.3. */
  @Test
  default void loopbackAddressMayHaveAnyPort() {
    TestClients app =
        app(
            Map.of(
                "application_type",
                "native",
                "redirect_uris",
                List.of("http://127.0.0.1/back", "http://[::1]:1/back", "http://localhost/back")));
    for (String uri :
        List.of(
            "http://127.0.0.1/back",
            "http://127.0.0.1:51004/back",
            "http://[::1]/back",
            "http://[::1]:51004/back",
            "http://localhost/back",
            "http://localhost:51004/back")) {
      assertLoginPage(visitor().authorize(request(app, "redirect_uri", uri)));
    }
    for (String uri :
        List.of(
            "http://127.0.0.1:51004/other",
            "http://127.0.0.1:51004@evil.example/back",
            "http://127.0.0.1:510040/back",
            "http://127.0.0.2/back",
            "http://127.0.0.1.evil.example/back",
            "https://127.0.0.1/back",
            "https://localhost/back",
            "http://localhost.evil.example/back")) {
      assertPage(
          400,
          "redirect_uri is not registered for this client",
          visitor().authorize(request(app, "redirect_uri", uri)));
    }
  }

  /** RFC 9700, section 2.1: of native apps. */
  @Test
  default void webClientHasThePortOfLocalhostThatItHasRegistered() {
    TestClients app = app(Map.of("redirect_uris", List.of("http://localhost:3000/back")));

    assertLoginPage(
        visitor().authorize(request(app, "redirect_uri", "http://localhost:3000/back")));
    assertPage(
        400,
        "redirect_uri is not registered for this client",
        visitor().authorize(request(app, "redirect_uri", "http://localhost:3001/back")));
  }

  @Test
  default void schemeOfAnAppIsAnAddressToo() {
    String uri = "org.example.app:/back";
    TestClients app = app(Map.of("application_type", "native", "redirect_uris", List.of(uri)));
    Map<String, String> request = request(app, "redirect_uri", uri);
    request.put("prompt", "none");
    Client.Reply reply = visitor().authorize(request);

    assertTrue(
        reply.header("Location").orElse("").startsWith(uri + "?error=login_required&"),
        reply::toString);
  }

  @Test
  default void onlyRedirectUriMayBeLeftOutWithoutOpenid() {
    Map<String, String> request = request(app(Map.of()), "redirect_uri", null);
    request.put("scope", "orders:read");

    assertLoginPage(visitor().authorize(request));
  }

  @Test
  default void parametersOfOthersAreIgnored() {
    Map<String, String> request = request(app(Map.of()), "registration", "{}");
    request.put("display", "popup");

    assertLoginPage(visitor().authorize(request));
  }

  @Test
  default void formHasNoQuery() {
    TestClients app = app(Map.of());
    String body = TestClients.encoded(request(app));
    Client.Reply both =
        client().send(TestClients.form(client(), "/oauth2/authorize?client_id=" + app.id(), body));

    assertPage(400, "not in the query string", both);
    assertEquals(415, client().post("/oauth2/authorize", Map.of("client_id", app.id())).status());
  }

  @Test
  default void tooManyLoginsGetAPageThatSaysWhenToComeBack() {
    Visitor visitor = new Visitor(client().from(TestUsers.freshAddress()));
    Client.Reply refused =
        IntStream.rangeClosed(0, 900) // The bucket fills again meanwhile.
            .mapToObj(i -> visitor.submit("/oauth2/login", Map.of("csrf", "x", "request", "x=y")))
            .filter(reply -> reply.status() != 403)
            .findFirst()
            .orElseThrow();

    assertPage(429, "Too many requests", refused);
    assertTrue(refused.header("Retry-After").isPresent(), refused::toString);
  }

  private Visitor visitor() {
    return new Visitor(client());
  }

  private TestClients app(Map<String, ?> more) {
    return TestClients.app(TestUsers.administrator(client()), more);
  }
}

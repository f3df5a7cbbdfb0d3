package dev.signet.endpoint.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.oauth.Acr;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Scope;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TestClock;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.Clients;
import dev.signet.domain.client.TestRegistration;
import dev.signet.domain.client.TestSubjects;
import dev.signet.domain.code.AuthorizationCodes;
import dev.signet.domain.code.CodeGrant;
import dev.signet.domain.consent.Consents;
import dev.signet.domain.session.BrowserSession;
import dev.signet.domain.user.TestUsers;
import dev.signet.domain.user.User;
import dev.signet.web.browser.BrowserCookie;
import dev.signet.web.browser.TestCookies;
import dev.signet.web.browser.Visit;
import dev.signet.web.page.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizationTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Settings SETTINGS = Settings.read(key -> Optional.empty());
  private static final BrowserCookie COOKIE = TestCookies.browser(SETTINGS);
  private static final Client CLIENT =
      TestRegistration.of(
          """
          {"client_id": "harbor", "client_name": "Harbor", "scope": "openid email",
           "grant_types": ["authorization_code"], "token_endpoint_auth_method": "none",
           "redirect_uris": ["https://app.example.org/back"]}
          """);

  private final List<CodeGrant> codes = new ArrayList<>();
  private final List<SecurityEvent> events = new ArrayList<>();
  private Optional<Scope> agreed = Optional.of(Scope.parse("email openid"));
  private Set<Prompt> prompts = Set.of();
  private Optional<Duration> maxAge = Optional.empty();
  private Optional<Acr> acr = Optional.empty();
  private Optional<String> claims = Optional.empty();
  private List<String> subjects = List.of();
  private String back = "https://app.example.org/back";

  private final Pages pages = TestWiring.make(Pages.class, SETTINGS.brand(), SETTINGS);
  private final Authorization authorization =
      new Authorization(
          new AuthorizationRequests(null, null, null, SETTINGS), // They come as they are read.
          TestRegistration.directory(new Clients()),
          new Answers(pages, SETTINGS.token()),
          null, // They are not refused.
          pages,
          COOKIE,
          new RequestForms(COOKIE, pages, SETTINGS.token()),
          new Consents() {
            @Override
            public Optional<Scope> agreed(String userId, String clientId) {
              return agreed;
            }

            @Override
            public void agree(String userId, String clientId, Scope scope) {
              agreed = Optional.of(scope);
            }
          },
          TestSubjects.unsalted(),
          new AuthorizationCodes() {
            @Override
            public OpaqueToken issue(CodeGrant grant) {
              codes.add(grant);
              return OpaqueToken.random();
            }
          },
          TestAudit.telling(events::add),
          new TestClock(NOW),
          SETTINGS.fresh());

  @Test
  void codeHasWhatWasGrantedAndHow() {
    assertCode(proceed(TestUsers.ada(), Duration.ofMinutes(1), false));

    CodeGrant grant = codes.get(0);
    assertEquals("harbor", grant.client().id());
    assertEquals("https://app.example.org/back", grant.redirectUri());
    assertEquals(Optional.of("challenge"), grant.codeChallenge());
    assertEquals(Scope.parse("openid"), grant.granted().scope());
    assertEquals(List.of("https://api.example.org"), grant.granted().audience());
    assertEquals(NOW.minus(Duration.ofMinutes(1)), grant.granted().authenticatedAt());
    assertEquals(Optional.of(Acr.FRESH.text()), grant.granted().acr());
    assertEquals(List.of("pwd"), grant.granted().amr());
    assertEquals(Optional.of("nonce"), grant.granted().nonce());
    assertEquals(Optional.of("key"), grant.granted().dpopKey());
    assertEquals(List.of(EventType.CODE_ISSUED), types());
  }

  @Test
  void levelOfTheLoginIsThatOfTheMoment() {
    proceed(TestUsers.ada(), Duration.ofHours(1), false);

    assertEquals(Optional.of(Acr.PASSWORD.text()), codes.get(0).granted().acr());
  }

  /** RFC 9470, section 4. */
  @Test
  void freshLevelAsksForARecentPassword() {
    acr = Optional.of(Acr.FRESH);

    assertPage(200, "Log in", proceed(TestUsers.ada(), Duration.ofHours(1), false));
    assertCode(proceed(TestUsers.ada(), Duration.ofMinutes(1), false));
    prompts = Set.of(Prompt.NONE);
    assertRefused(
        OAuthError.LOGIN_REQUIRED, () -> proceed(TestUsers.ada(), Duration.ofHours(1), false));
  }

  /** The code would not say what the request cannot do without. */
  @Test
  void levelMustLastUntilTheDecision() {
    acr = Optional.of(Acr.FRESH);

    assertPage(200, "Log in", proceed(TestUsers.ada(), Duration.ofMinutes(16), true));
    assertCode(proceed(TestUsers.ada(), Duration.ofMinutes(14), true));
  }

  /** OIDC Core, section 5.5.1. */
  @Test
  void userMayBeAnyOfThoseWhoAreAskedFor() {
    User ada = TestUsers.ada();
    prompts = Set.of(Prompt.NONE);
    subjects = List.of("somebody else", ada.id());

    assertCode(proceed(ada, Duration.ofMinutes(1), false));
    subjects = List.of("somebody else");
    assertRefused(OAuthError.LOGIN_REQUIRED, () -> proceed(ada, Duration.ofMinutes(1), false));
  }

  @Test
  void loginForTheRequestIsRecentWhateverItAsks() {
    prompts = Set.of(Prompt.LOGIN);
    maxAge = Optional.of(Duration.ZERO);

    assertPage(200, "Log in", proceed(TestUsers.ada(), Duration.ofSeconds(1), false));
    assertCode(proceed(TestUsers.ada(), Duration.ofSeconds(1), true));
  }

  @Test
  void oneTimePasswordMustBeReplacedFirst() {
    User ada = TestUsers.withOneTimePassword();

    assertPage(200, "Choose a password", proceed(ada, Duration.ZERO, true));
    prompts = Set.of(Prompt.NONE);
    assertRefused(OAuthError.INTERACTION_REQUIRED, () -> proceed(ada, Duration.ZERO, false));
    prompts = Set.of();
    agreed = Optional.empty();
    assertPage(200, "Choose a password", decide(ada, Duration.ZERO, true, true));
    assertEquals(List.of(), codes);
    assertEquals(Optional.empty(), agreed);
  }

  @Test
  void whoHasNeverAgreedIsAskedEvenIfItIsForNothingElse() {
    agreed = Optional.empty();

    assertPage(
        200, "Harbor requests access", proceed(TestUsers.ada(), Duration.ofMinutes(1), false));
  }

  /** The claims parameter is no way around the consent to a scope (OIDC Core, section 5.5). */
  @Test
  void claimNeedsTheConsentThatItsScopeNeeds() {
    agreed = Optional.of(Scope.parse("openid"));
    assertCode(proceed(TestUsers.ada(), Duration.ofMinutes(1), false));
    claims = Optional.of("{\"userinfo\":{\"email\":null}}");

    assertPage(
        200, "See your email address", proceed(TestUsers.ada(), Duration.ofMinutes(1), false));
  }

  /** Any app may take the scheme or the port of another one (RFC 8252, section 8.6). */
  @Test
  void appWithoutASecretIsAgreedToEachTime() {
    for (String own : List.of("org.example.app:/back", "http://127.0.0.1:8123/back")) {
      back = own;
      assertPage(
          200, "Harbor requests access", proceed(TestUsers.ada(), Duration.ofMinutes(1), false));
    }
  }

  @Test
  void decisionMayTakeSomeMinutes() {
    agreed = Optional.empty();
    prompts = Set.of(Prompt.LOGIN, Prompt.CONSENT);
    maxAge = Optional.of(Duration.ofSeconds(10));

    assertCode(decide(TestUsers.ada(), Duration.ofMinutes(5), true, true));
    assertEquals(Optional.of(Scope.parse("openid")), agreed);
  }

  @Test
  void decisionThatTookTooLongStartsWithTheLogin() {
    agreed = Optional.empty();
    maxAge = Optional.of(Duration.ofSeconds(10));

    assertPage(200, "Log in", decide(TestUsers.ada(), Duration.ofMinutes(11), false, true));
    assertEquals(Optional.empty(), agreed);
  }

  @Test
  void denialIsRecordedAndChangesNothing() {
    agreed = Optional.empty();

    assertRefused(
        OAuthError.ACCESS_DENIED,
        () -> decide(TestUsers.ada(), Duration.ofMinutes(1), true, false));
    assertEquals(Optional.empty(), agreed);
    assertEquals(List.of(EventType.CONSENT_DENIED), types());
    assertEquals(List.of(), codes);
  }

  private List<EventType> types() {
    return events.stream().map(SecurityEvent::type).toList();
  }

  private Response proceed(User user, Duration ago, boolean forThis) {
    return authorization.proceed(request(), visit(user, ago, forThis));
  }

  private Response decide(User user, Duration ago, boolean forThis, boolean allowed) {
    return authorization.decided(request(), visit(user, ago, forThis), allowed);
  }

  private static Visit visit(User user, Duration ago, boolean forThis) {
    return new Visit(
        http(),
        OpaqueToken.random(),
        false,
        Optional.of(new BrowserSession("session", user, NOW.minus(ago))),
        forThis);
  }

  private AuthorizationRequest request() {
    return new AuthorizationRequest(
        new ReturnAddress(CLIENT, back, ResponseMode.QUERY, Optional.of("state"), Optional.empty()),
        "client_id=harbor",
        Optional.empty(),
        Scope.parse("openid"),
        List.of("https://api.example.org"),
        Optional.of("challenge"),
        prompts,
        maxAge,
        acr,
        Optional.of("nonce"),
        claims,
        subjects,
        Optional.empty(),
        Optional.empty(),
        Optional.of("key"));
  }

  private static void assertCode(Response answer) {
    assertEquals(303, answer.getStatus());
    String location = answer.getHeaderString("Location");
    assertTrue(location.startsWith("https://app.example.org/back?code="), location);
    assertTrue(location.endsWith("&state=state&iss=http%3A%2F%2Flocalhost%3A8080"), location);
  }

  private static void assertPage(int status, String part, Response answer) {
    assertEquals(status, answer.getStatus());
    String html = new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    assertTrue(html.contains(part), html);
  }

  private static void assertRefused(OAuthError error, Runnable attempt) {
    assertEquals(error, assertThrows(OAuthException.class, attempt::run).error());
  }

  private static HttpServletRequest http() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            AuthorizationTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> null);
  }
}

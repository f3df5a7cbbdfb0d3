package dev.signet.domain.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Scope;
import dev.signet.base.paging.PageQuery;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.RefreshSettings;
import dev.signet.base.settings.SessionSettings;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TestClock;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.TestRegistration;
import dev.signet.domain.consent.Consents;
import dev.signet.domain.consent.TestConsents;
import dev.signet.domain.database.Database;
import dev.signet.domain.database.Store;
import dev.signet.domain.database.StoreContract;
import dev.signet.domain.guard.TestLimits;
import dev.signet.domain.jose.IdTokenHint;
import dev.signet.domain.revocation.Revocation;
import dev.signet.domain.session.BrowserSession;
import dev.signet.domain.session.BrowserSessions;
import dev.signet.domain.session.GrantPolicy;
import dev.signet.domain.session.Granted;
import dev.signet.domain.session.Login;
import dev.signet.domain.session.OpenSession;
import dev.signet.domain.session.Presented;
import dev.signet.domain.session.RefreshFamilies;
import dev.signet.domain.session.RefreshFamily;
import dev.signet.domain.session.Rotation;
import dev.signet.domain.session.Session;
import dev.signet.domain.session.Sessions;
import dev.signet.domain.user.TestUsers;
import dev.signet.domain.user.User;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What codes, browser sessions and the refresh tokens of clients promise on every database. */
class AuthorizationsContract extends StoreContract {
  private static final TokenSettings TOKENS = Settings.read(key -> Optional.empty()).token();
  private static final GrantPolicy POLICY = new GrantPolicy(TOKENS);
  private static final String BACK = "https://app.example.org/back";
  private static final String API = "https://orders.example.org";
  private static final String VERIFIER = "a".repeat(43);

  /** Often enough for two to meet at the wrong moment. */
  private static final int SOME = 10;

  private static final String BOTH = "\"authorization_code\", \"refresh_token\"";

  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00.123Z"));
  private SessionSettings settings = new SessionSettings(Duration.ofHours(12), Duration.ofHours(1));
  private Duration grace = Duration.ZERO;
  private final List<Revocation> revoked = new ArrayList<>();

  private record Beans(
      EntityManager entities,
      BrowserSessions browsers,
      AuthorizationCodes codes,
      RefreshFamilies families,
      Sessions own,
      Consents consents) {}

  @Test
  void codeGivesWhatWasGranted() {
    Client client = client();
    BrowserSession browser = browser(addUser());
    OpaqueToken code = code(client, browser);

    OpenSession session = redeem(client, code).session().orElseThrow();

    assertEquals(Optional.of(granted()), session.granted());
    assertEquals(browser.user().id(), session.user().id());
    assertTrue(session.refreshToken().isPresent());
    assertEquals(Instant.parse("2026-03-01T11:00:00Z"), session.authenticatedAt());
  }

  @Test
  void databaseHasNoCodeAndNoBrowserSecretInClear() throws SQLException {
    OpaqueToken secret = OpaqueToken.random();
    BrowserSession browser = browser(addUser(), secret, Optional.empty());
    OpaqueToken code = code(client(), browser);

    assertEquals(0, store().count("authorization_codes where hash = '" + code.value() + "'"));
    assertEquals(1, store().count("authorization_codes where hash = '" + code.hash() + "'"));
    assertEquals(1, store().count("refresh_families where browser_hash = '" + secret.hash() + "'"));
  }

  @Test
  void clientWithoutTheRefreshGrantGetsNoRefreshToken() {
    Client client = TestRegistration.add(store(), "\"authorization_code\"", true);

    OpenSession session = redeem(client, code(client, browser(addUser()))).session().orElseThrow();

    assertEquals(Optional.empty(), session.refreshToken());
  }

  @Test
  void longestNameGrantAndRedirectUriAreStored() {
    List<String> resources =
        IntStream.range(10, 30).mapToObj(i -> "urn:" + "a".repeat(250) + i).toList();
    String back = "http://127.0.0.1:65535/" + "b".repeat(383);
    String ships = "\uD83D\uDEA2".repeat(100);
    Client client =
        TestRegistration.add(
            store(),
            """
            "grant_types": [%s], "token_endpoint_auth_method": "none", "client_name": "%s",
            "scope": "%s", "audience": %s, "application_type": "native",
            "require_consent": false,
            "redirect_uris": ["%s"],"""
                .formatted(
                    BOTH, ships, "s".repeat(8_000), quoted(resources), back.replace(":65535", "")));
    BrowserSession browser = browser(addUser());
    Optional<String> key = Optional.of("k".repeat(43));
    Granted longest =
        new Granted(
            new Scope(Set.of("s".repeat(8_000))),
            resources,
            granted().authenticatedAt(),
            Optional.of("urn:signet:acr:password"),
            List.of("pwd"),
            Optional.of("\u0001".repeat(10_000)),
            Optional.of("\"".repeat(2_000)),
            key,
            true,
            Optional.of(client.sector()));
    agree(browser.user(), client);
    OpaqueToken code =
        inTransaction(
            beans ->
                beans
                    .codes()
                    .issue(new CodeGrant(client, browser, longest, back, challenge(VERIFIER))));

    OpenSession session =
        redeem(
                client,
                new PresentedCode(
                    code.value(), Optional.of(back), Optional.of(VERIFIER), List.of(), key))
            .session()
            .orElseThrow();

    assertEquals(Optional.of(longest), session.granted());
  }

  private static String quoted(List<String> texts) {
    return texts.stream().map(text -> '"' + text + '"').toList().toString();
  }

  @Test
  void replayedCodeEndsWhatItGave() {
    Client client = client();
    OpaqueToken code = code(client, browser(addUser()));
    OpenSession session = redeem(client, code).session().orElseThrow();

    Redemption replay = redeem(client, code);

    assertEquals(EventType.CODE_REPLAYED, replay.event().type());
    assertEquals(Optional.empty(), replay.session());
    assertEquals(List.of(session.id()), revoked.stream().map(Revocation::subject).toList());
    assertEquals(Optional.empty(), rotate(client, session).session());
  }

  @Test
  void ofSimultaneousRedemptionsOneWinsAndEndsAsReplayed() throws Exception {
    Client client = client();
    OpaqueToken code = code(client, browser(addUser()));

    List<Boolean> won = Store.atOnce(8, () -> redeem(client, code).session().isPresent());

    assertEquals(1, won.stream().filter(Boolean::booleanValue).count());
    assertEquals(1, store().count("refresh_families where client_id = '" + client.id() + "'"));
    assertEquals(
        0,
        store()
            .count(
                "refresh_families where revoked_at is null and client_id = '" + client.id() + "'"));
  }

  @Test
  void codeGivesNothingThatOutlivesAConsentWithdrawnAtTheSameMoment() throws Exception {
    Client client = client();
    for (int i = 0; i < SOME; i++) {
      User ada = addUser();
      OpaqueToken code = code(client, browser(ada));

      atOnce(() -> redeem(client, code), () -> withdraw(ada, client));
    }

    assertEquals(0, openSessions(client));
  }

  @Test
  void noCodeOutlivesAConsentWithdrawnAtTheSameMoment() throws Exception {
    Client client = client();
    for (int i = 0; i < SOME; i++) {
      User ada = addUser();
      BrowserSession browser = browser(ada);
      agree(ada, client);

      atOnce(
          () -> {
            try {
              issue(client, browser, challenge(VERIFIER), granted());
            } catch (OAuthException e) {
              assertEquals(OAuthError.ACCESS_DENIED, e.error());
            }
          },
          () -> withdraw(ada, client));
    }

    assertEquals(0, store().count("authorization_codes where client_id = '" + client.id() + "'"));
  }

  @Test
  void codeGivesNothingThatOutlivesALogoutAtTheSameMoment() throws Exception {
    Client client = client();
    for (int i = 0; i < SOME; i++) {
      OpaqueToken secret = OpaqueToken.random();
      OpaqueToken code = code(client, browser(addUser(), secret, Optional.empty()));

      atOnce(
          () -> {
            try {
              redeem(client, code);
            } catch (OAuthException e) {
              assertEquals(OAuthError.INVALID_GRANT, e.error());
            }
          },
          () -> inTransaction(beans -> beans.browsers().end(secret.value())));
    }

    assertEquals(0, openSessions(client));
  }

  @Test
  void loginInABrowserThatIsJustLoggedOutIsOne() throws Exception {
    User ada = addUser();
    OpaqueToken former = OpaqueToken.random();
    String browser = browser(ada, former, Optional.empty()).id();
    OpaqueToken secret = OpaqueToken.random();

    CompletableFuture<BrowserSession> login =
        inTransaction(
            beans -> {
              assertTrue(beans.own().end(ada.id(), browser));
              CompletableFuture<BrowserSession> next =
                  CompletableFuture.supplyAsync(
                      () -> browser(ada, secret, Optional.of(former.value())));
              // It has found the session, and waits for its lock.
              assertThrows(TimeoutException.class, () -> next.get(1, TimeUnit.SECONDS));
              return next;
            });

    assertNotEquals(browser, login.get(10, TimeUnit.SECONDS).id());
    assertTrue(find(secret).isPresent());
  }

  @Test
  void logoutAndTheEndOfAllSessionsDoNotWaitForEachOther() throws Exception {
    User ada = addUser();
    BrowserSession browser = browser(ada);
    Client client = client();
    redeem(client, code(client, browser));
    // Ending all sessions locks the granted session first, in any order.
    store()
        .execute(
            "update refresh_families set created_at = '2026-03-02 00:00:00+00' where id = '%s'"
                .formatted(browser.id()));

    CompletableFuture<Boolean> all =
        inTransaction(
            beans -> {
              lock(beans.entities(), browser);
              CompletableFuture<Boolean> waiting =
                  CompletableFuture.supplyAsync(() -> endAll(ada.id()));
              assertThrows(TimeoutException.class, () -> waiting.get(1, TimeUnit.SECONDS));
              assertTrue(beans.own().end(ada.id(), browser.id()));
              return waiting;
            });

    assertTrue(all.get(10, TimeUnit.SECONDS));
    assertEquals(0, openSessions(client));
  }

  /** What a logout does first. */
  private static void lock(EntityManager entities, BrowserSession browser) {
    entities.find(RefreshFamily.class, browser.id(), LockModeType.PESSIMISTIC_WRITE);
  }

  private boolean endAll(String userId) {
    return inTransaction(
        beans -> {
          beans.own().endAll(userId);
          return true;
        });
  }

  @Test
  void clientThatAsksForNoConsentGetsCodesWithout() {
    Client trusted = TestRegistration.add(store(), "\"require_consent\": false,");
    BrowserSession browser = browser(addUser());

    assertThrows(
        OAuthException.class, () -> issue(client(), browser, challenge(VERIFIER), granted()));
    assertNotNull(issue(trusted, browser, challenge(VERIFIER), granted()));
  }

  @Test
  void codeForAClientThatIsDeletedAtTheSameMomentFailsAsDangling() throws Exception {
    Client gone = TestRegistration.add(store(), "\"require_consent\": false,");
    BrowserSession browser = browser(addUser());
    store().execute("delete from clients where client_id = '%s'".formatted(gone.id()));

    RuntimeException failure =
        assertThrows(
            RuntimeException.class, () -> issue(gone, browser, challenge(VERIFIER), granted()));

    assertTrue(Database.isDangling(failure));
    assertFalse(Database.isUnavailable(failure));
  }

  private long openSessions(Client client) throws SQLException {
    return store()
        .count("refresh_families where revoked_at is null and client_id = '" + client.id() + "'");
  }

  private static void atOnce(Runnable one, Runnable other) throws Exception {
    AtomicInteger number = new AtomicInteger();
    Store.atOnce(
        2,
        () -> {
          (number.getAndIncrement() == 0 ? one : other).run();
          return true;
        });
  }

  private void agree(User user, Client client) {
    inTransaction(
        beans -> {
          beans.consents().agree(user.id(), client.id(), Scope.NONE);
          return true;
        });
  }

  private void withdraw(User user, Client client) {
    inTransaction(
        beans -> {
          beans.consents().withdraw(user.id(), client.id());
          return true;
        });
  }

  @Test
  void codeOfAnotherClientIsRefusedAndStaysGood() {
    Client client = client();
    OpaqueToken code = code(client, browser(addUser()));

    assertRefused(Reason.MISMATCH, redeem(client(), code));

    assertTrue(redeem(client, code).session().isPresent());
  }

  @Test
  void codeWithAnotherRedirectUriOrVerifierIsRefused() {
    Client client = client();
    OpaqueToken code = code(client, browser(addUser()));
    String other = "b".repeat(43);

    assertRefused(
        Reason.MISMATCH, redeem(client, presented(code, Optional.of(BACK + "/"), VERIFIER)));
    assertRefused(Reason.MISMATCH, redeem(client, presented(code, Optional.of(BACK), other)));
    assertRefused(Reason.MISMATCH, redeem(client, presented(code, Optional.of(BACK), null)));
    assertTrue(redeem(client, presented(code, Optional.empty(), VERIFIER)).session().isPresent());
  }

  /** A public client with a wrong setting must not get its network blocked. */
  @Test
  void onlyAWrongCodeOrVerifierIsAGuess() {
    Client client = client();
    BrowserSession browser = browser(addUser());
    OpaqueToken code = code(client, browser);

    assertTrue(redeem(client, OpaqueToken.random()).isGuess());
    assertTrue(redeem(client(), code).isGuess(), "another client's");
    assertTrue(
        redeem(client, presented(code, Optional.of(BACK), "b".repeat(43))).isGuess(), "verifier");
    assertFalse(redeem(client, presented(code, Optional.of(BACK + "/"), VERIFIER)).isGuess());
    assertFalse(redeem(client, presented(code, Optional.of(BACK), null)).isGuess());
    assertFalse(redeem(client, code).isGuess());
    assertFalse(redeem(client, code).isGuess(), "used");
    OpaqueToken old = code(client, browser);
    clock.advance(Duration.ofSeconds(60));
    assertFalse(redeem(client, old).isGuess(), "expired");
  }

  @Test
  void verifierHasFortyThreeToOneHundredAndTwentyEightCharacters() {
    Client client = client();
    BrowserSession browser = browser(addUser());
    for (int length : List.of(42, 129)) {
      String verifier = "a".repeat(length);
      OpaqueToken code = code(client, browser, challenge(verifier), granted());
      assertRefused(Reason.MISMATCH, redeem(client, presented(code, Optional.of(BACK), verifier)));
    }
    String longest = "~".repeat(128);
    OpaqueToken code = code(client, browser, challenge(longest), granted());
    assertTrue(redeem(client, presented(code, Optional.of(BACK), longest)).session().isPresent());
  }

  @Test
  void codeWithoutChallengeNeedsItsRedirectUriAndTakesNoVerifier() {
    Client client = TestRegistration.add(store(), "\"require_pkce\": false,");
    OpaqueToken code = code(client, browser(addUser()), Optional.empty(), granted());

    assertRefused(Reason.MISMATCH, redeem(client, presented(code, Optional.empty(), null)));
    assertRefused(Reason.MISMATCH, redeem(client, presented(code, Optional.of(BACK), VERIFIER)));
    assertTrue(redeem(client, presented(code, Optional.of(BACK), null)).session().isPresent());
  }

  @Test
  void codeIsGoodForAMinute() {
    Client client = client();
    BrowserSession browser = browser(addUser());
    OpaqueToken code = code(client, browser);
    OpaqueToken late = code(client, browser);

    clock.advance(Duration.ofSeconds(59));
    assertTrue(redeem(client, code).session().isPresent());
    clock.advance(Duration.ofSeconds(1));
    assertRefused(Reason.EXPIRED, redeem(client, late));
    assertRefused(Reason.UNKNOWN_CODE, redeem(client, OpaqueToken.random()));
  }

  @Test
  void codeDiesWithItsBrowserSession() {
    Client client = client();
    OpaqueToken secret = OpaqueToken.random();
    OpaqueToken code = code(client, browser(addUser(), secret, Optional.empty()));
    inTransaction(beans -> beans.browsers().end(secret.value()));

    OAuthException refused = assertThrows(OAuthException.class, () -> redeem(client, code));

    assertEquals(OAuthError.INVALID_GRANT, refused.error());
  }

  @Test
  void codeOfADisabledUserGivesNothing() throws SQLException {
    Client client = client();
    BrowserSession browser = browser(addUser());
    OpaqueToken code = code(client, browser);
    store().execute("update users set enabled = false where id = '" + browser.user().id() + "'");

    assertEquals(
        OAuthError.INVALID_GRANT,
        assertThrows(OAuthException.class, () -> redeem(client, code)).error());
  }

  @Test
  void resourceThatWasNotGrantedIsRefusedAndTheCodeStaysGood() {
    Client client = client();
    OpaqueToken code = code(client, browser(addUser()));
    PresentedCode wider =
        new PresentedCode(
            code.value(),
            Optional.of(BACK),
            Optional.of(VERIFIER),
            List.of("https://other.example.org"),
            Optional.empty());

    assertEquals(
        OAuthError.INVALID_TARGET,
        assertThrows(OAuthException.class, () -> redeem(client, wider)).error());
    assertTrue(redeem(client, code).session().isPresent());
  }

  @Test
  void codeOfOneKeyIsRefusedWithAnother() {
    Client client = client();
    Granted bound = granted().boundTo(Optional.of("thumbprint"));
    OpaqueToken code = code(client, browser(addUser()), challenge(VERIFIER), bound);

    assertRefused(Reason.MISMATCH, redeem(client, code));
    OpenSession session =
        redeem(
                client,
                new PresentedCode(
                    code.value(),
                    Optional.of(BACK),
                    Optional.of(VERIFIER),
                    List.of(),
                    Optional.of("thumbprint")))
            .session()
            .orElseThrow();

    assertEquals(Reason.MISMATCH, rotate(client, session).event().reason().orElseThrow());
    assertTrue(
        rotate(client, session, Optional.empty(), Optional.of("thumbprint")).session().isPresent());
  }

  @Test
  void refreshTokenOfAnotherClientIsRefusedAndStaysGood() {
    Client client = client();
    OpenSession session = redeem(client, code(client, browser(addUser()))).session().orElseThrow();

    assertEquals(Reason.UNKNOWN_TOKEN, rotate(client(), session).event().reason().orElseThrow());
    Rotation firstParty =
        inTransaction(
            beans ->
                beans.families().rotate(Presented.firstParty(token(session), Optional.empty())));
    assertEquals(Optional.empty(), firstParty.session());

    assertTrue(rotate(client, session).session().isPresent());
  }

  @Test
  void widerScopeAtRefreshIsRefusedAndTheTokenStaysGood() {
    Client client = client();
    OpenSession session = redeem(client, code(client, browser(addUser()))).session().orElseThrow();

    OAuthException refused =
        assertThrows(
            OAuthException.class,
            () ->
                rotate(
                    client, session, Optional.of(Scope.parse("openid admin")), Optional.empty()));

    assertEquals(OAuthError.INVALID_SCOPE, refused.error());
    assertTrue(
        rotate(client, session, Optional.of(Scope.parse("openid")), Optional.empty())
            .session()
            .isPresent());
  }

  @Test
  void refreshTokenGivesWhatItsClientIsRegisteredForNow() {
    Client client = client();
    OpenSession session = redeem(client, code(client, browser(addUser()))).session().orElseThrow();
    Client less = TestRegistration.changed(client, "{\"scope\": \"orders\"}");

    OpenSession next = rotate(less, session).session().orElseThrow();
    assertEquals(Scope.parse("orders"), next.granted().orElseThrow().scope());
    assertEquals(next.granted(), look(less, next).orElseThrow().granted());

    OpenSession again = rotate(client, next).session().orElseThrow();
    assertEquals(granted().scope(), again.granted().orElseThrow().scope(), "registered again");
  }

  @Test
  void refreshTokenOfWhichNothingIsLeftIsRefusedAndStaysGood() {
    Client client = client();
    OpenSession session = redeem(client, code(client, browser(addUser()))).session().orElseThrow();

    assertRefused(OAuthError.INVALID_TARGET, client, "\"audience\": [\"urn:a\"]", session);
    assertRefused(OAuthError.INVALID_SCOPE, client, "\"scope\": \"\"", session);
    assertRefused(OAuthError.INVALID_GRANT, client, "\"dpop_bound_access_tokens\": true", session);

    assertTrue(rotate(client, session).session().isPresent());
  }

  /** OpenID Connect Core 1.0, section 12.2. */
  @Test
  void grantThatWouldHaveAnotherSubjectIsRefusedAndStaysGood() {
    Client client = client();
    BrowserSession browser = browser(addUser());
    OpaqueToken code = code(client, browser);
    OpenSession session = redeem(client, code(client, browser)).session().orElseThrow();
    OpenSession next = rotate(client, session).session().orElseThrow();
    Client pairwise = TestRegistration.changed(client, "{\"subject_type\": \"pairwise\"}");

    for (Executable request :
        List.<Executable>of(() -> redeem(pairwise, code), () -> rotate(pairwise, next))) {
      assertEquals(OAuthError.INVALID_GRANT, assertThrows(OAuthException.class, request).error());
    }
    assertEquals(Optional.empty(), look(pairwise, next));

    assertTrue(redeem(client, code).session().isPresent());
    assertTrue(rotate(client, next).session().isPresent());
  }

  private void assertRefused(OAuthError error, Client client, String members, OpenSession session) {
    Client changed = TestRegistration.changed(client, "{" + members + "}");

    OAuthException refused = assertThrows(OAuthException.class, () -> rotate(changed, session));

    assertEquals(error, refused.error());
    if (error != OAuthError.INVALID_GRANT) {
      assertEquals(Optional.empty(), look(changed, session));
    }
  }

  @Test
  void codeGivesWhatItsClientIsRegisteredForNowAndStaysGoodWhenThatIsNothing() {
    Client client = client();
    OpaqueToken code = code(client, browser(addUser()));
    Client elsewhere = TestRegistration.changed(client, "{\"audience\": [\"urn:a\"]}");
    Client less = TestRegistration.changed(client, "{\"scope\": \"orders\"}");

    assertEquals(
        OAuthError.INVALID_TARGET,
        assertThrows(OAuthException.class, () -> redeem(elsewhere, code)).error());

    OpenSession session = redeem(less, code).session().orElseThrow();
    assertEquals(Scope.parse("orders"), session.granted().orElseThrow().scope());
  }

  /** OpenID Connect Core 1.0, section 11. */
  @Test
  void withdrawnOfflineAccessEndsWithTheBrowserSession() {
    Client client = client();
    Granted granted = granted().narrowedTo(Scope.parse("openid offline_access"), List.of(API));
    OpaqueToken secret = OpaqueToken.random();
    BrowserSession browser = browser(addUser(), secret, Optional.empty());
    OpenSession session =
        redeem(client, code(client, browser, challenge(VERIFIER), granted)).session().orElseThrow();
    Client online = TestRegistration.changed(client, "{\"scope\": \"openid\"}");

    OpenSession next = rotate(online, session).session().orElseThrow();
    inTransaction(beans -> beans.browsers().end(secret.value()));

    assertEquals(Reason.REVOKED, rotate(online, next).event().reason().orElseThrow());
    assertEquals(Optional.empty(), look(online, next));
    assertTrue(rotate(client, next).session().isPresent(), "registered again");
  }

  /** A client with a secret may show another key each time, but not at the same moment. */
  @Test
  void withinTheGraceAnotherKeyEndsTheSession() {
    grace = Duration.ofSeconds(10);
    Client client = TestRegistration.add(store(), BOTH, false);
    OpenSession session = redeem(client, code(client, browser(addUser()))).session().orElseThrow();

    for (int i = 0; i < 2; i++) {
      assertTrue(
          rotate(client, session, Optional.empty(), Optional.of("one")).session().isPresent());
    }

    assertEquals(
        EventType.REFRESH_REUSED,
        rotate(client, session, Optional.empty(), Optional.of("two")).event().type());
  }

  @Test
  void clientLooksAtItsLiveRefreshTokenWithoutUsingIt() throws SQLException {
    Client client = client();
    OpenSession session = redeem(client, code(client, browser(addUser()))).session().orElseThrow();

    OpenSession seen = look(client, session).orElseThrow();

    assertEquals(session.id(), seen.id());
    assertEquals(session.granted(), seen.granted());
    assertEquals(Optional.empty(), seen.refreshToken());
    assertEquals(Optional.empty(), look(client(), session), "another client");
    OpenSession next = rotate(client, session).session().orElseThrow();
    assertEquals(Optional.empty(), look(client, session), "retired");
    assertTrue(look(client, next).isPresent());
    String user = next.user().id();
    store().execute("update users set enabled = false where id = '" + user + "'");
    assertEquals(Optional.empty(), look(client, next), "of a disabled user");
  }

  @Test
  void refreshTokenThatIsRevokedEndsItsFamilyUnlessItIsAnothers() {
    Client client = client();
    OpenSession session = redeem(client, code(client, browser(addUser()))).session().orElseThrow();

    assertEquals(Optional.empty(), end(session, Optional.of(client().id())));
    assertEquals(Optional.empty(), end(session, Optional.empty()), "at Signet's own API");
    assertTrue(look(client, session).isPresent());
    assertEquals(Optional.of(session.user().id()), end(session, Optional.of(client.id())));

    assertEquals(Optional.empty(), look(client, session));
    assertEquals(List.of(session.id()), revoked.stream().map(Revocation::subject).toList());
    assertEquals(Optional.empty(), end(session, Optional.of(client.id())), "again");
  }

  private Optional<OpenSession> look(Client client, OpenSession session) {
    return inTransaction(beans -> beans.families().look(token(session), client));
  }

  private Optional<String> end(OpenSession session, Optional<String> clientId) {
    return inTransaction(beans -> beans.own().endByRefreshToken(token(session), clientId));
  }

  /** FAPI 2.0 Security Profile, section 5.3.2.1, item 9. */
  @Test
  void keptRefreshTokenIsWrittenAsOftenAsTheIdleTimeNeeds() throws SQLException {
    Client client = keeping(TestRegistration.add(store(), BOTH, false));
    OpenSession session = redeem(client, code(client, browser(addUser()))).session().orElseThrow();
    clock.advance(Duration.ofSeconds(1));
    OpenSession first = rotate(client, session).session().orElseThrow();
    clock.advance(Duration.ofHours(1));
    OpenSession later = rotate(client, session).session().orElseThrow();

    assertEquals(token(session), token(first));
    assertEquals(token(session), token(later));
    assertEquals(clock.instant().truncatedTo(ChronoUnit.MILLIS), later.usedAt());
    String used = "refresh_families where id = '" + session.id() + "' and last_used_at > ";
    assertEquals(0, store().count(used + "timestamp with time zone '2026-03-01 12:30:00+00'"));
    clock.advance(Duration.ofHours(17));
    rotate(client, session);
    assertEquals(1, store().count(used + "timestamp with time zone '2026-03-02 05:00:00+00'"));
    clock.advance(Duration.ofDays(14));
    assertEquals(Reason.EXPIRED, rotate(client, session).event().reason().orElseThrow());
  }

  /** It has given them without a write. */
  @Test
  void accessTokensOfAKeptRefreshTokenAreRevokedWithItsSession() {
    Client client = keeping(TestRegistration.add(store(), BOTH, false));
    OpenSession session = redeem(client, code(client, browser(addUser()))).session().orElseThrow();
    clock.advance(Duration.ofSeconds(1));
    rotate(client, session);
    clock.advance(Duration.ofHours(16));
    rotate(client, session);

    assertEquals(Optional.of(session.user().id()), end(session, Optional.of(client.id())));

    assertEquals(List.of(session.id()), revoked.stream().map(Revocation::subject).toList());
    assertEquals(Reason.REVOKED, rotate(client, session).event().reason().orElseThrow());
  }

  @Test
  void onlyRefreshTokensThatNobodyElseCanUseAreKept() {
    Client app = client();
    assertFalse(app.keepsRefreshToken(false, false), "a public client without a key");
    assertTrue(app.keepsRefreshToken(false, true));
    assertFalse(app.keepsRefreshToken(true, true), "unless it registers that");
    Client rotating = TestRegistration.add(store(), BOTH, false);
    OpenSession before =
        redeem(rotating, code(rotating, browser(addUser()))).session().orElseThrow();
    rotate(rotating, before);
    assertEquals(
        EventType.REFRESH_REUSED,
        rotate(keeping(rotating), before).event().type(),
        "what was exchanged stays retired");
  }

  private static Client keeping(Client client) {
    return TestRegistration.changed(client, "{\"refresh_token_rotation\": false}");
  }

  @Test
  void replayedRefreshTokenOfAClientEndsItsFamily() {
    Client client = client();
    OpenSession session = redeem(client, code(client, browser(addUser()))).session().orElseThrow();
    OpenSession next = rotate(client, session).session().orElseThrow();

    assertEquals(EventType.REFRESH_REUSED, rotate(client, session).event().type());
    assertEquals(Optional.empty(), rotate(client, next).session());
  }

  @Test
  void logoutEndsWhatWasGrantedInTheBrowserButForOfflineAccess() {
    Client client = client();
    OpaqueToken secret = OpaqueToken.random();
    User ada = addUser();
    BrowserSession browser = browser(ada, secret, Optional.empty());
    OpenSession online = redeem(client, code(client, browser)).session().orElseThrow();
    OpenSession offline =
        redeem(
                client,
                code(
                    client,
                    browser,
                    challenge(VERIFIER),
                    granted().narrowedTo(Scope.parse("openid offline_access"), List.of(API))))
            .session()
            .orElseThrow();
    OpenSession elsewhere = redeem(client, code(client, browser(ada))).session().orElseThrow();

    assertEquals(
        Optional.of(ada.id()), inTransaction(beans -> beans.browsers().end(secret.value())));

    assertEquals(Optional.empty(), find(secret));
    assertEquals(Optional.empty(), rotate(client, online).session());
    assertTrue(rotate(client, offline).session().isPresent());
    assertTrue(rotate(client, elsewhere).session().isPresent());
    assertEquals(List.of(online.id()), revoked.stream().map(Revocation::subject).toList());
  }

  @Test
  void idTokenEndsWhatWasGrantedInItsBrowserOnceThatIsForgotten() {
    Client client = client();
    User ada = addUser();
    BrowserSession browser = browser(ada);
    OpenSession one = redeem(client, code(client, browser)).session().orElseThrow();
    OpenSession two = redeem(client, code(client, browser)).session().orElseThrow();
    OpenSession elsewhere = redeem(client, code(client, browser(ada))).session().orElseThrow();
    assertEquals(Optional.empty(), end(client.id(), one), "a browser that is logged in");
    clock.advance(Duration.ofHours(2));

    assertEquals(Optional.empty(), end("somebody else", one), "another client's ID token");
    assertEquals(Optional.of(ada.id()), end(client.id(), one));
    assertEquals(Optional.empty(), end(client.id(), one), "again");

    assertEquals(Optional.empty(), rotate(client, one).session());
    assertEquals(Optional.empty(), rotate(client, two).session());
    assertTrue(rotate(client, elsewhere).session().isPresent());
  }

  private Optional<String> end(String clientId, OpenSession session) {
    IdTokenHint idToken = new IdTokenHint("ada", clientId, Optional.of(session.id()));
    return inTransaction(beans -> beans.browsers().endForgotten(idToken));
  }

  @Test
  void idTokenIsOfTheBrowserInWhichItsClientGotIt() {
    Client client = client();
    User ada = addUser();
    BrowserSession browser = browser(ada);
    OpenSession granted = redeem(client, code(client, browser)).session().orElseThrow();

    assertTrue(isOf(client.id(), granted.id(), browser));
    assertFalse(isOf(client.id(), granted.id(), browser(ada)), "another browser of the user");
    assertFalse(isOf("somebody else", granted.id(), browser), "another client");
    assertFalse(isOf(client.id(), browser.id(), browser));
    assertFalse(isOf(client.id(), "\u0000", browser));
  }

  private boolean isOf(String clientId, String session, BrowserSession browser) {
    IdTokenHint idToken = new IdTokenHint("ada", clientId, Optional.of(session));
    return inTransaction(beans -> beans.browsers().isOf(idToken, browser));
  }

  @Test
  void browserGetsAnotherSecretAtEachLogin() {
    User ada = addUser();
    OpaqueToken first = OpaqueToken.random();
    OpaqueToken second = OpaqueToken.random();
    BrowserSession before = browser(ada, first, Optional.empty());
    clock.advance(Duration.ofMinutes(30));

    BrowserSession after = browser(ada, second, Optional.of(first.value()));

    assertEquals(before.id(), after.id());
    assertTrue(after.authenticatedAt().isAfter(before.authenticatedAt()));
    assertEquals(Optional.empty(), find(first));
    assertEquals(after.id(), find(second).orElseThrow().id());
  }

  @Test
  void loginOfSomebodyElseEndsTheFormerSession() {
    User ada = addUser();
    Client client = client();
    OpaqueToken first = OpaqueToken.random();
    BrowserSession adas = browser(ada, first, Optional.empty());
    OpenSession granted = redeem(client, code(client, adas)).session().orElseThrow();

    BrowserSession grace = browser(addUser(), OpaqueToken.random(), Optional.of(first.value()));

    assertFalse(grace.id().equals(adas.id()));
    assertEquals(Optional.empty(), find(first));
    assertEquals(Optional.empty(), rotate(client, granted).session());
  }

  @Test
  void browserSessionEndsIdleAndAtItsEnd() {
    OpaqueToken idle = OpaqueToken.random();
    OpaqueToken busy = OpaqueToken.random();
    browser(addUser(), idle, Optional.empty());
    browser(addUser(), busy, Optional.empty());
    for (int i = 0; i < 13; i++) {
      clock.advance(Duration.ofMinutes(55));
      assertTrue(find(busy).isPresent(), "used all the time");
    }

    assertEquals(Optional.empty(), find(idle));
    clock.advance(Duration.ofMinutes(10));
    assertEquals(Optional.empty(), find(busy));
  }

  @Test
  void useIsSeenAlsoWhereTheIdleTimeIsShort() {
    settings = new SessionSettings(Duration.ofHours(1), Duration.ofMinutes(1));
    OpaqueToken secret = OpaqueToken.random();
    browser(addUser(), secret, Optional.empty());
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(50));
      assertTrue(find(secret).isPresent(), "used all the time");
    }

    clock.advance(Duration.ofMinutes(1));
    assertEquals(Optional.empty(), find(secret));
  }

  @Test
  void browserIsAmongTheUsersSessionsAndEndsLikeThem() {
    User ada = addUser();
    OpaqueToken secret = OpaqueToken.random();
    BrowserSession browser = browser(ada, secret, Optional.empty());

    assertEquals(
        List.of(browser.id()),
        inTransaction(beans -> beans.own().list(ada.id(), PageQuery.of("10", null)))
            .items()
            .stream()
            .map(Session::id)
            .toList());
    boolean ended = inTransaction(beans -> beans.own().end(ada.id(), browser.id()));
    assertTrue(ended);
    assertEquals(Optional.empty(), find(secret));
    assertEquals(List.of(), revoked, "it has given no access token");
  }

  @Test
  void codesAreKeptAsLongAsWhatTheyGaveIsValid() throws SQLException {
    Client client = client();
    OpaqueToken code = code(client, browser(addUser()));
    redeem(client, code);
    String row = "authorization_codes where hash = '" + code.hash() + "'";

    clock.advance(TOKENS.longestValidity());
    inTransaction(beans -> beans.codes().deleteBatch());
    assertEquals(1, store().count(row));
    clock.advance(Duration.ofMinutes(1));
    inTransaction(beans -> beans.codes().deleteBatch());
    assertEquals(0, store().count(row));
  }

  private static void assertRefused(Reason reason, Redemption redemption) {
    assertEquals(SecurityEvent.of(EventType.CODE_REFUSED, reason), redemption.event());
    assertEquals(Optional.empty(), redemption.session());
  }

  private static Client client() {
    return TestRegistration.add(store(), BOTH, true);
  }

  private static Granted granted() {
    return new Granted(
        new Scope(Set.of("openid", "orders")),
        List.of(API),
        Instant.parse("2026-03-01T11:00:00Z"),
        Optional.empty(),
        List.of("pwd"),
        Optional.of("n-1"),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.of(""));
  }

  private BrowserSession browser(User user) {
    return browser(user, OpaqueToken.random(), Optional.empty());
  }

  private BrowserSession browser(User user, OpaqueToken secret, Optional<String> former) {
    Login login = new Login(user, "192.0.2.1", "Browser", Optional.empty(), false);
    return inTransaction(beans -> beans.browsers().open(login, secret, former));
  }

  private Optional<BrowserSession> find(OpaqueToken secret) {
    return inTransaction(beans -> beans.browsers().find(secret.value()));
  }

  private OpaqueToken code(Client client, BrowserSession browser) {
    return code(client, browser, challenge(VERIFIER), granted());
  }

  private OpaqueToken code(
      Client client, BrowserSession browser, Optional<String> challenge, Granted granted) {
    agree(browser.user(), client);
    return issue(client, browser, challenge, granted);
  }

  private OpaqueToken issue(
      Client client, BrowserSession browser, Optional<String> challenge, Granted granted) {
    return inTransaction(
        beans -> beans.codes().issue(new CodeGrant(client, browser, granted, BACK, challenge)));
  }

  private static Optional<String> challenge(String verifier) {
    return Optional.of(new OpaqueToken(verifier).hash());
  }

  private Redemption redeem(Client client, OpaqueToken code) {
    return redeem(client, presented(code, Optional.of(BACK), VERIFIER));
  }

  private Redemption redeem(Client client, PresentedCode presented) {
    return inTransaction(beans -> beans.codes().redeem(client, presented));
  }

  private static PresentedCode presented(
      OpaqueToken code, Optional<String> redirectUri, String verifier) {
    return new PresentedCode(
        code.value(), redirectUri, Optional.ofNullable(verifier), List.of(), Optional.empty());
  }

  private Rotation rotate(Client client, OpenSession session) {
    return rotate(client, session, Optional.empty(), Optional.empty());
  }

  private Rotation rotate(
      Client client, OpenSession session, Optional<Scope> scope, Optional<String> key) {
    Presented presented =
        new Presented(token(session), Optional.of(client), Optional.empty(), scope, List.of(), key);
    return inTransaction(beans -> beans.families().rotate(presented));
  }

  private static String token(OpenSession session) {
    return session.refreshToken().orElseThrow().value();
  }

  private static User addUser() {
    return TestUsers.add(store());
  }

  /** What the container does around a session bean's method. */
  private <T> T inTransaction(Function<Beans, T> work) {
    List<Revocation> revocations = new ArrayList<>();
    T result = store().inTransaction(entities -> work.apply(beans(entities, revocations)));
    synchronized (this) {
      revoked.addAll(revocations);
    }
    return result;
  }

  private Beans beans(EntityManager entities, List<Revocation> revocations) {
    Sessions sessions =
        new Sessions(entities, TOKENS, clock, event -> revocations.addAll(event.revocations()));
    RefreshSettings refresh = new RefreshSettings(Duration.ofDays(14), Duration.ofDays(90), grace);
    RefreshFamilies families =
        new RefreshFamilies(entities, refresh, clock, sessions, TestLimits.of(Map.of()), POLICY);
    Consents consents =
        TestConsents.of(
            entities,
            clock,
            withdrawn -> sessions.endOfClient(withdrawn.userId(), withdrawn.clientId()));
    return new Beans(
        entities,
        new BrowserSessions(entities, settings, clock, sessions, event -> {}),
        new AuthorizationCodes(entities, sessions, consents, POLICY, TOKENS, refresh, clock),
        families,
        sessions,
        consents);
  }
}

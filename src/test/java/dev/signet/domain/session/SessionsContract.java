package dev.signet.domain.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import dev.signet.base.paging.Page;
import dev.signet.base.paging.PageQuery;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.RefreshSettings;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TestClock;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.settings.value.Limit;
import dev.signet.base.settings.value.Rate;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.consent.ConsentWithdrawn;
import dev.signet.domain.database.Store;
import dev.signet.domain.database.StoreContract;
import dev.signet.domain.guard.RateLimits;
import dev.signet.domain.guard.TestGuard;
import dev.signet.domain.guard.TestLimits;
import dev.signet.domain.jose.TestVerified;
import dev.signet.domain.revocation.Revocation;
import dev.signet.domain.revocation.Revocation.Kind;
import dev.signet.domain.revocation.RevocationLog;
import dev.signet.domain.revocation.RevocationLog.Part;
import dev.signet.domain.revocation.RevocationLog.Position;
import dev.signet.domain.revocation.Revocations;
import dev.signet.domain.token.Extensions;
import dev.signet.domain.token.TokenIssuer;
import dev.signet.domain.user.AccountChanged;
import dev.signet.domain.user.TestUsers;
import dev.signet.domain.user.User;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What sessions, refresh tokens and revocations promise on every database; each runs it in {@code
 * persistence}.
 */
class SessionsContract extends StoreContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final Duration IDLE = Duration.ofDays(14);
  private static final Duration LIFETIME = Duration.ofDays(20);
  private static final TokenSettings TOKENS = Settings.read(key -> Optional.empty()).token();

  /** Often enough for two to meet at the wrong moment. */
  private static final int SOME = 10;

  private final TestClock clock = new TestClock(NOW);
  private RefreshSettings settings = strict();
  private RateLimits limits = TestLimits.of(Map.of());

  /** What a transaction has revoked. */
  private final List<Revocation> revoked = Collections.synchronizedList(new ArrayList<>());

  @Test
  void openedSessionIsListedAsItWasOpened() {
    User ada = addUser();
    OpenSession opened = open(ada);
    Session listed = list(ada).get(0);
    Instant now = NOW.truncatedTo(ChronoUnit.MILLIS);

    assertEquals(
        new Session(
            opened.id(),
            now,
            now,
            now.plus(IDLE),
            "192.0.2.1",
            "Browser",
            Optional.of("Ada's phone")),
        listed);
    assertEquals(now, opened.authenticatedAt());
    assertEquals(now.plus(IDLE), opened.endsAt());
  }

  @Test
  void databaseHasNoRefreshTokenInClear() throws SQLException {
    String token = token(open(addUser()));

    assertEquals(43, token.length());
    assertEquals(0, store().count("refresh_tokens where hash = '" + token + "'"));
    assertEquals(
        1, store().count("refresh_tokens where hash = '" + new OpaqueToken(token).hash() + "'"));
  }

  @Test
  void rotationKeepsTheSessionAndItsLogin() {
    User ada = addUser();
    OpenSession opened = open(ada);
    clock.advance(Duration.ofHours(1));
    OpenSession next = rotate(token(opened)).orElseThrow();

    assertEquals(opened.id(), next.id());
    assertEquals(opened.authenticatedAt(), next.authenticatedAt());
    assertFalse(token(opened).equals(token(next)));
    assertEquals(clock.instant().truncatedTo(ChronoUnit.MILLIS), list(ada).get(0).lastUsedAt());
    assertTrue(rotate(token(next)).isPresent());
  }

  @Test
  void refreshesOfOneAccountAreLimitedAndARefusedTokenStaysGood() {
    User ada = addUser();
    OpenSession first = open(ada);
    OpenSession second = open(ada);
    OpenSession others = open(addUser());
    RateLimits none = limits;
    limits = TestLimits.of(Map.of(Limit.REFRESH_ACCOUNT, new Rate(1, Duration.ofHours(1))));
    assertTrue(rotate(token(first)).isPresent());

    Refusal refusal = assertThrows(Refusal.class, () -> rotate(token(second)));

    assertEquals(Problem.RATE_LIMITED, refusal.problem());
    assertTrue(rotate(token(others)).isPresent());
    limits = none;
    assertTrue(rotate(token(second)).isPresent());
  }

  @Test
  void replayedRefreshTokenRevokesItsFamily() throws SQLException {
    User ada = addUser();
    OpenSession opened = open(ada);
    OpenSession bystander = open(ada);
    OpenSession next = rotate(token(opened)).orElseThrow();

    assertEquals(Optional.empty(), rotate(token(opened)));

    assertRefused(Problem.INVALID_REFRESH_TOKEN, () -> rotate(token(next)));
    assertRefused(Problem.INVALID_REFRESH_TOKEN, () -> rotate(token(opened)));
    assertEquals(
        1, store().count("revocations where kind = 'session' and subject = '" + next.id() + "'"));
    assertEquals(List.of(next.id()), revoked.stream().map(Revocation::subject).toList());
    assertTrue(rotate(token(bystander)).isPresent());
  }

  @Test
  void blockedSourceRefreshesNothing() {
    OpenSession opened = open(addUser());
    TestGuard guard = new TestGuard();
    guard.block();
    TokenIssuer issuer = issuer(guard, new TestAudit());

    assertRefused(Problem.BLOCKED, () -> issuer.refresh(token(opened), Optional.empty()));

    assertTrue(rotate(token(opened)).isPresent(), "the token was not touched");
    assertEquals(0, guard.failures());
  }

  @Test
  void eachPresentedRefreshTokenIsAnEventWithItsReason() {
    User ada = addUser();
    settings = new RefreshSettings(IDLE, LIFETIME, Duration.ofSeconds(10));
    OpenSession opened = open(ada);
    OpenSession expired = open(ada);
    OpenSession ended = open(ada);
    decide(beans -> beans.sessions().end(ada.id(), ended.id()));

    assertEquals(event(EventType.REFRESHED, opened), presented(token(opened)));
    assertEquals(event(EventType.REFRESH_REPEATED, opened), presented(token(opened)));
    assertEquals(failure(Reason.REVOKED, ended), presented(token(ended)));
    assertEquals(
        SecurityEvent.of(EventType.REFRESH_FAILED, Reason.MALFORMED), presented("malformed"));
    assertEquals(
        SecurityEvent.of(EventType.REFRESH_FAILED, Reason.UNKNOWN_TOKEN),
        presented(OpaqueToken.random().value()));
    clock.advance(Duration.ofSeconds(10));
    assertEquals(event(EventType.REFRESH_REUSED, opened), presented(token(opened)));
    clock.advance(IDLE);
    assertEquals(failure(Reason.EXPIRED, expired), presented(token(expired)));
  }

  /** A client that was not used for long must not get its network blocked. */
  @Test
  void refreshTokenThatIsDeletedIsNoGuess() {
    OpenSession old = open(addUser());
    clock.advance(LIFETIME.plus(TOKENS.longestValidity()));
    decide(beans -> TestPurge.deleteBatch(beans.purge()));

    assertEquals(
        SecurityEvent.of(EventType.REFRESH_FAILED, Reason.UNKNOWN_TOKEN), presented(token(old)));
    assertFalse(present(token(old), Optional.empty()).isGuess());
    assertTrue(present("malformed", Optional.empty()).isGuess());
  }

  private static SecurityEvent event(EventType type, OpenSession session) {
    return about(SecurityEvent.of(type), session);
  }

  private static SecurityEvent failure(Reason reason, OpenSession session) {
    return about(SecurityEvent.of(EventType.REFRESH_FAILED, reason), session);
  }

  private static SecurityEvent about(SecurityEvent event, OpenSession session) {
    return event.subject(session.user().id()).detail("session " + session.id());
  }

  @Test
  void revocationIsCommittedAlthoughTheCallerIsRefused() {
    User ada = addUser();
    OpenSession opened = open(ada);
    rotate(token(opened));
    TestGuard guard = new TestGuard();
    TestAudit audit = new TestAudit();
    TokenIssuer issuer = issuer(guard, audit);

    assertRefused(
        Problem.INVALID_REFRESH_TOKEN, () -> issuer.refresh(token(opened), Optional.empty()));

    assertEquals(List.of(), list(ada));
    assertEquals(0, guard.failures(), "a token that was right once is no guess");
    assertEquals(List.of("refresh_reused - " + ada.id()), audit.lines());
  }

  @Test
  void onlyAnUnknownRefreshTokenIsAGuess() {
    User ada = addUser();
    OpenSession ended = open(ada);
    OpenSession expired = open(ada);
    decide(beans -> beans.sessions().end(ada.id(), ended.id()));
    TestGuard guard = new TestGuard();
    TokenIssuer issuer = issuer(guard, new TestAudit());
    clock.advance(IDLE);

    for (String known : List.of(token(ended), token(expired))) {
      assertRefused(Problem.INVALID_REFRESH_TOKEN, () -> issuer.refresh(known, Optional.empty()));
    }
    assertEquals(0, guard.failures());

    assertRefused(Problem.INVALID_REFRESH_TOKEN, () -> issuer.refresh("unknown", Optional.empty()));
    assertEquals(1, guard.failures());
  }

  private TokenIssuer issuer(TestGuard guard, TestAudit audit) {
    return new TokenIssuer(
        throughTransactions(),
        null,
        TOKENS,
        new Extensions(List.of(), List.of()),
        null,
        clock,
        guard,
        audit.log(),
        new Metrics());
  }

  @Test
  void withinTheGraceItsSenderGetsMoreTokensOfTheSameFamily() {
    settings = withGrace();
    User ada = addUser();
    OpenSession opened = open(ada);
    List<OpenSession> pairs = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      pairs.add(rotate(token(opened)).orElseThrow());
      clock.advance(Duration.ofSeconds(1));
    }

    for (OpenSession pair : pairs) {
      assertEquals(opened.id(), pair.id());
      assertTrue(rotate(token(pair)).isPresent());
    }
    assertEquals(9, pairs.stream().map(SessionsContract::token).distinct().count());
    assertEquals(1, list(ada).size());
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.1, Other", "192.0.2.2, Browser", "192.0.2.2, Other", ", Browser"})
  void withinTheGraceAnotherSenderEndsTheSession(String source, String userAgent) {
    settings = withGrace();
    User ada = addUser();
    OpenSession opened = open(ada);
    OpenSession next = rotateFrom("192.0.2.1", "Browser", token(opened)).orElseThrow();

    assertEquals(Optional.empty(), rotateFrom(source, userAgent, token(opened)));

    assertEquals(List.of(), list(ada));
    assertRefused(
        Problem.INVALID_REFRESH_TOKEN, () -> rotateFrom("192.0.2.1", "Browser", token(next)));
  }

  private Optional<OpenSession> rotateFrom(String source, String userAgent, String token) {
    new Origin(Optional.ofNullable(source).map(Source::new), userAgent, "test", Optional::empty)
        .enter();
    try {
      return rotate(token);
    } finally {
      Origin.leave();
    }
  }

  @Test
  void afterTheGraceReuseIsReuse() {
    settings = withGrace();
    User ada = addUser();
    OpenSession opened = open(ada);
    rotate(token(opened));
    clock.advance(Duration.ofSeconds(10));

    assertEquals(Optional.empty(), rotate(token(opened)));
    assertEquals(List.of(), list(ada));
  }

  @Test
  void ofSimultaneousRefreshesOneWins() throws Exception {
    OpenSession opened = open(addUser());

    assertEquals(1, winners(50, token(opened)));
  }

  @Test
  void simultaneousRefreshesOfOneSenderAllSucceedWithinTheGrace() throws Exception {
    settings = withGrace();
    User ada = addUser();

    assertEquals(20, winners(20, token(open(ada))));
    assertEquals(1, list(ada).size());
  }

  @Test
  void ofSimultaneousRefreshesOfTwoSendersOneWinsUntilTheOtherEndsTheSession() throws Exception {
    settings = withGrace();
    User ada = addUser();
    String token = token(open(ada));
    AtomicInteger number = new AtomicInteger();

    Store.atOnce(
        20,
        () -> {
          String source = "192.0.2." + number.getAndIncrement() % 2;
          try {
            return rotateFrom(source, "Browser", token).isPresent();
          } catch (Refusal refusal) {
            assertEquals(Problem.INVALID_REFRESH_TOKEN, refusal.problem());
            return false;
          }
        });

    assertEquals(List.of(), list(ada));
  }

  @Test
  void noTokenOutlivesALogoutAtTheSameMoment() throws Exception {
    User ada = addUser();
    for (int i = 0; i < SOME; i++) {
      OpenSession opened = open(ada);
      // What was issued at the login has expired, and needs no revocation.
      clock.advance(Duration.ofHours(1));
      AtomicInteger number = new AtomicInteger();

      List<Integer> refreshed =
          Store.atOnce(
              2, () -> number.getAndIncrement() == 0 ? winners(1, token(opened)) : logOut(opened));

      assertEquals(
          refreshed.get(0) + refreshed.get(1),
          store().count("revocations where subject = '" + opened.id() + "'"));
    }

    assertEquals(List.of(), list(ada));
  }

  private int logOut(OpenSession session) {
    assertTrue(decide(beans -> beans.sessions().end(session.user().id(), session.id())));
    return 0;
  }

  @Test
  void rotationNeverExtendsTheAbsoluteLifetime() {
    OpenSession opened = open(addUser());
    Instant end = NOW.truncatedTo(ChronoUnit.MILLIS).plus(LIFETIME);
    clock.advance(Duration.ofDays(13));
    OpenSession next = rotate(token(opened)).orElseThrow();

    assertEquals(end, next.endsAt());

    clock.advance(Duration.ofDays(7).minusMillis(1));
    OpenSession last = rotate(token(next)).orElseThrow();
    assertEquals(end, last.endsAt());
    clock.advance(Duration.ofMillis(1));
    assertRefused(Problem.INVALID_REFRESH_TOKEN, () -> rotate(token(last)));
  }

  @Test
  void unusedSessionExpires() {
    User ada = addUser();
    OpenSession opened = open(ada);
    clock.advance(IDLE);

    assertRefused(Problem.INVALID_REFRESH_TOKEN, () -> rotate(token(opened)));
    assertEquals(List.of(), list(ada));
  }

  @Test
  void whatIsNoRefreshTokenIsRefused() {
    String token = token(open(addUser()));
    for (String wrong :
        List.of(
            "",
            "x",
            token + "A",
            token.substring(1),
            token.toLowerCase(java.util.Locale.ROOT) + "=",
            new OpaqueToken(token).hash(),
            "' or '1'='1",
            "\0")) {
      assertRefused(Problem.INVALID_REFRESH_TOKEN, () -> rotate(wrong));
    }
    assertTrue(rotate(token).isPresent());
  }

  @Test
  void whoMayNotLogInMayNotRefresh() throws SQLException {
    User disabled = addUser();
    User expired = addUser();
    OpenSession first = open(disabled);
    OpenSession second = open(expired);
    store().execute("update users set enabled = false where id = '" + disabled.id() + "'");
    store()
        .execute(
            "update users set password_expires_at = timestamp with time zone"
                + " '2026-03-01 11:00:00+00:00' where id = '"
                + expired.id()
                + "'");

    assertRefused(Problem.INVALID_REFRESH_TOKEN, () -> rotate(token(first)));
    assertRefused(Problem.INVALID_REFRESH_TOKEN, () -> rotate(token(second)));
  }

  @Test
  void cookieSessionNeedsItsCsrfValueAndIsUnharmedWithoutIt() {
    User ada = addUser();
    OpenSession opened = open(ada, true);
    String csrf = opened.csrf().orElseThrow();
    for (Optional<String> wrong : List.of(Optional.<String>empty(), Optional.of(csrf + "x"))) {
      assertRefused(Problem.CSRF, () -> rotate(token(opened), wrong));
    }

    OpenSession next = rotate(token(opened), Optional.of(csrf)).orElseThrow();
    assertEquals(Optional.of(csrf), next.csrf());
    // Not even who replays a retired token harms it without the value.
    assertRefused(Problem.CSRF, () -> rotate(token(opened), Optional.empty()));
    assertEquals(1, list(ada).size());
  }

  @Test
  void renewalUsesACookieSessionAndGivesNoRefreshToken() {
    User ada = addUser();
    OpenSession opened = open(ada, true);
    clock.advance(Duration.ofDays(10));
    OpenSession renewed = renew(opened).orElseThrow();

    assertEquals(opened.csrf(), renewed.csrf());
    assertEquals(Optional.empty(), renewed.refreshToken());
    assertEquals(NOW.truncatedTo(ChronoUnit.MILLIS).plus(LIFETIME), renewed.endsAt());

    inTransaction(beans -> beans.sessions().end(ada.id(), opened.id()));
    assertEquals(Optional.empty(), renew(opened));
  }

  @Test
  void bearerSessionIsNotRenewed() {
    OpenSession opened = open(addUser());

    assertEquals(Optional.empty(), renew(opened.id(), ""));
    assertEquals(Optional.empty(), renew("nothing", ""));
  }

  @Test
  void csrfValueIsStoredAsItsHash() throws SQLException {
    OpenSession opened = open(addUser(), true);
    String csrf = opened.csrf().orElseThrow();

    assertEquals("sha256:" + new OpaqueToken(csrf).hash(), storedCsrf(opened));
    assertRefused(
        Problem.CSRF, () -> rotate(token(opened), Optional.of(new OpaqueToken(csrf).hash())));
    assertRefused(Problem.CSRF, () -> rotate(token(opened), Optional.of(storedCsrf(opened))));
    assertEquals(Optional.empty(), renew(opened.id(), csrf + "x"));
    assertTrue(rotate(token(opened), Optional.of(csrf)).isPresent());
  }

  /** Its value is in clear in the database until its access token is renewed. */
  @Test
  void cookieSessionOfAnEarlierVersionGoesOnAndIsHashedWhenItIsRenewed() throws SQLException {
    OpenSession opened = open(addUser(), true);
    String csrf = opened.csrf().orElseThrow();
    store()
        .execute(
            "update refresh_families set csrf = '" + csrf + "' where id = '" + opened.id() + "'");

    assertRefused(Problem.CSRF, () -> rotate(token(opened), Optional.of(csrf + "x")));
    OpenSession next = rotate(token(opened), Optional.of(csrf)).orElseThrow();
    assertEquals(Optional.of(csrf), renew(next).orElseThrow().csrf());

    assertEquals("sha256:" + new OpaqueToken(csrf).hash(), storedCsrf(opened));
    assertTrue(rotate(token(next), Optional.of(csrf)).isPresent());
  }

  @Test
  void loginThatAPasswordChangeOvertakesIsRefused() throws SQLException {
    User ada = addUser();
    store().execute("update users set password_hash = 'other' where id = '" + ada.id() + "'");

    assertRefused(Problem.INVALID_CREDENTIALS, () -> open(ada));
  }

  @Test
  void loginOfWhoWasJustDisabledOrDeletedIsRefused() throws SQLException {
    User disabled = addUser();
    User deleted = addUser();
    store().execute("update users set enabled = false where id = '" + disabled.id() + "'");
    store().execute("delete from users where id = '" + deleted.id() + "'");

    assertRefused(Problem.INVALID_CREDENTIALS, () -> open(disabled));
    assertRefused(Problem.INVALID_CREDENTIALS, () -> open(deleted));
  }

  @Test
  void sessionIsEndedByItsOwnerOnly() {
    User ada = addUser();
    User bob = addUser();
    OpenSession opened = open(ada);

    assertFalse(decide(beans -> beans.sessions().end(bob.id(), opened.id())));
    assertFalse(decide(beans -> beans.sessions().end(ada.id(), "\0")));
    assertEquals(1, list(ada).size());
    assertTrue(decide(beans -> beans.sessions().end(ada.id(), opened.id())));
    assertFalse(decide(beans -> beans.sessions().end(ada.id(), opened.id())));
    assertRefused(Problem.INVALID_REFRESH_TOKEN, () -> rotate(token(opened)));
  }

  @Test
  void passwordChangeEndsAllButTheSessionItIsMadeIn() {
    User ada = addUser();
    OpenSession kept = open(ada);
    OpenSession other = open(ada);

    account(
        new AccountChanged(ada.id(), AccountChanged.Kind.PASSWORD_CHANGED, Optional.of(kept.id())));

    assertEquals(List.of(kept.id()), list(ada).stream().map(Session::id).toList());
    assertEquals(List.of(other.id()), revoked.stream().map(Revocation::subject).toList());
    assertTrue(rotate(token(kept)).isPresent());
  }

  @Test
  void otherChangesOfAnAccountEndNothing() {
    User ada = addUser();
    open(ada);

    account(new AccountChanged(ada.id(), AccountChanged.Kind.UPDATED, Optional.empty()));

    assertEquals(1, list(ada).size());
    assertEquals(List.of(), revoked);
  }

  @ParameterizedTest
  @EnumSource(
      value = AccountChanged.Kind.class,
      names = {"GROUP_LOST", "DISABLED"})
  void sessionsAndTokensEndOfWhoMayDoLess(AccountChanged.Kind kind) {
    User ada = addUser();
    OpenSession opened = open(ada);

    account(new AccountChanged(ada.id(), kind, Optional.empty()));

    assertEquals(List.of(), list(ada));
    assertEquals(
        List.of(Revocation.ofSession(opened.id(), end()), Revocation.ofUser(ada.id(), NOW, end())),
        revoked);
  }

  @Test
  void deletedUsersRevocationsOutliveTheRows() throws SQLException {
    User ada = addUser();
    OpenSession opened = open(ada);

    inTransaction(
        beans -> {
          beans
              .observer()
              .accountChanged(
                  new AccountChanged(ada.id(), AccountChanged.Kind.DELETED, Optional.empty()));
          beans.entities().remove(beans.entities().find(User.class, ada.id()));
          return null;
        });

    assertEquals(0, store().count("refresh_families where user_id = '" + ada.id() + "'"));
    assertEquals(1, store().count("revocations where subject = '" + opened.id() + "'"));
    assertEquals(1, store().count("revocations where subject = '" + ada.id() + "'"));
  }

  @Test
  void administratorRevokesAUserWhoCanThenLogInAgain() {
    User ada = addUser();
    open(ada);
    change(beans -> beans.sessions().revokeUser(ada.id()));

    assertEquals(List.of(), list(ada));
    assertTrue(rotate(token(open(ada))).isPresent());
    assertRefused(
        Problem.NOT_FOUND,
        () -> change(beans -> beans.sessions().revokeUser(UUID.randomUUID().toString())));
    assertRefused(Problem.NOT_FOUND, () -> change(beans -> beans.sessions().revokeUser("\0")));
  }

  @Test
  void retiredTokenStillNamesItsSessionAtLogout() {
    User ada = addUser();
    OpenSession opened = open(ada);
    OpenSession next = rotate(token(opened)).orElseThrow();
    change(beans -> beans.sessions().endByRefreshToken("unknown", Optional.empty()));
    change(beans -> beans.sessions().endByRefreshToken(token(next), Optional.of("a client")));
    assertEquals(1, list(ada).size());

    change(beans -> beans.sessions().endByRefreshToken(token(opened), Optional.empty()));

    assertRefused(Problem.INVALID_REFRESH_TOKEN, () -> rotate(token(next)));
  }

  @Test
  void sessionThatIssuedNothingLatelyNeedsNoRevocation() throws SQLException {
    User ada = addUser();
    OpenSession opened = open(ada);
    clock.advance(Duration.ofHours(1));

    assertTrue(decide(beans -> beans.sessions().end(ada.id(), opened.id())));

    assertEquals(0, store().count("revocations where subject = '" + opened.id() + "'"));
    assertEquals(List.of(), revoked);
  }

  @Test
  void pagesOfSessionsAreCompleteAndNewestFirst() {
    User ada = addUser();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      // Two in one millisecond.
      String one = open(ada).id();
      String two = open(ada).id();
      expected.addAll(0, one.compareTo(two) > 0 ? List.of(one, two) : List.of(two, one));
      clock.advance(Duration.ofSeconds(1));
    }
    List<String> ids = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      PageQuery query = PageQuery.of("1", after.orElse(null));
      Page<Session> page = inTransaction(beans -> beans.sessions().list(ada.id(), query));
      page.items().forEach(session -> ids.add(session.id()));
      after = page.next();
    } while (after.isPresent());

    assertEquals(expected, ids);
  }

  @Test
  void revocationsAreReadInPartsAndInOrder() throws SQLException {
    store().execute("delete from revocations");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      String id = UUID.randomUUID().toString();
      expected.add(id);
      change(beans -> beans.sessions().revokeToken(id));
    }
    List<Revocation> read = new ArrayList<>();
    Position position = Position.START;
    Part part;
    do {
      part = read(position, 3);
      read.addAll(part.revocations());
      position = part.next();
    } while (!part.isLast());

    assertEquals(expected, read.stream().map(Revocation::subject).toList());
    assertEquals(Revocation.ofToken(expected.get(0), end()), read.get(0));
    assertEquals(read, read(position, 100).revocations(), "the overlap is read again");
  }

  /** Its transaction began before what was read already, and ended after it. */
  @Test
  void revocationThatIsCommittedLateIsNotMissed() throws SQLException {
    store().execute("delete from revocations");
    change(beans -> beans.sessions().revokeToken("first"));
    Position position = read(Position.START, 100).next();
    change(beans -> beans.sessions().revokeToken("late"));
    store()
        .execute(
            "update revocations set created_at = current_timestamp - interval '5' second"
                + " where subject = 'late'");

    assertTrue(
        read(position, 100).revocations().stream()
            .anyMatch(revocation -> revocation.subject().equals("late")));
  }

  @Test
  void catchUpReadsWhatOtherNodesRevokedAndForgetsWhatExpired() throws SQLException {
    store().execute("delete from revocations");
    Revocations memory =
        new Revocations(
            new RevocationLog() {
              @Override
              public Part read(Position after, int most) {
                return SessionsContract.this.read(after, most);
              }
            },
            clock);
    User ada = addUser();
    OpenSession opened = open(ada);
    memory.catchUp();
    assertFalse(memory.cover(TestVerified.token(opened.id(), "jti", ada.id(), NOW)));

    change(beans -> beans.sessions().endOthers(ada.id(), Optional.empty()));
    memory.catchUp();
    assertTrue(memory.cover(TestVerified.token(opened.id(), "jti", ada.id(), NOW)));

    clock.advance(Duration.ofHours(1));
    memory.catchUp();
    assertFalse(memory.cover(TestVerified.token(opened.id(), "jti", ada.id(), NOW)));
  }

  @Test
  void withdrawnConsentEndsTheSessionsWithThatClientOnly() throws SQLException {
    User ada = addUser();
    User bob = addUser();
    String photos = addClient();
    OpenSession own = open(ada);
    OpenSession withPhotos = openFor(ada, photos);
    OpenSession withMail = openFor(ada, addClient());
    OpenSession bobs = openFor(bob, photos);
    addCode(ada, photos);
    addCode(bob, photos);

    change(beans -> beans.observer().consentWithdrawn(new ConsentWithdrawn(ada.id(), photos)));

    assertEquals(List.of(withPhotos.id()), revoked.stream().map(Revocation::subject).toList());
    assertEquals(0, store().count("authorization_codes where user_id = '" + ada.id() + "'"));
    assertEquals(1, store().count("authorization_codes where user_id = '" + bob.id() + "'"));
    for (OpenSession other : List.of(own, withMail, bobs)) {
      assertEquals(
          1,
          store().count("refresh_families where id = '" + other.id() + "' and revoked_at is null"));
    }
  }

  @Test
  void purgeDeletesWhatHasEndedInBatches() throws SQLException {
    settings = new RefreshSettings(IDLE, Duration.ofDays(90), Duration.ZERO);
    User ada = addUser();
    OpenSession ended = open(ada);
    OpenSession used = open(ada);
    clock.advance(Duration.ofDays(10));
    OpenSession alive = rotate(token(used)).orElseThrow();
    for (int i = 0; i < 15; i++) {
      store()
          .execute(
              "insert into refresh_tokens (hash, family_id, issued_at) select '"
                  + i
                  + "-' || id || '"
                  + UUID.randomUUID().toString().substring(0, 4)
                  + "', '"
                  + ended.id()
                  + "', created_at from users where id = '"
                  + ada.id()
                  + "'");
    }
    change(beans -> beans.sessions().revokeToken("old"));
    clock.advance(Duration.ofDays(5));
    change(beans -> beans.sessions().revokeToken("new"));

    assertFalse(decide(beans -> TestPurge.deleteBatch(beans.purge())));

    assertEquals(0, store().count("refresh_families where id = '" + ended.id() + "'"));
    assertEquals(0, store().count("refresh_tokens where family_id = '" + ended.id() + "'"));
    assertEquals(2, store().count("refresh_tokens where family_id = '" + used.id() + "'"));
    assertEquals(0, store().count("revocations where subject = 'old'"));
    assertEquals(1, store().count("revocations where subject = 'new'"));

    clock.advance(Duration.ofDays(4));
    OpenSession last = rotate(token(alive)).orElseThrow();
    clock.advance(Duration.ofDays(5));
    assertFalse(decide(beans -> TestPurge.deleteBatch(beans.purge())));
    assertEquals(
        2,
        store().count("refresh_tokens where family_id = '" + last.id() + "'"),
        "retired long ago");
  }

  /** An access token may outlive it, and is revoked with it. */
  @Test
  void sessionIsThereToBeEndedAsLongAsItsAccessTokensAreGood() throws SQLException {
    settings = new RefreshSettings(Duration.ofMinutes(1), LIFETIME, Duration.ZERO);
    User ada = addUser();
    OpenSession session = open(ada);
    clock.advance(Duration.ofMinutes(2));
    decide(beans -> TestPurge.deleteBatch(beans.purge()));

    assertTrue(decide(beans -> beans.sessions().end(ada.id(), session.id())));

    assertEquals(List.of(session.id()), revoked.stream().map(Revocation::subject).toList());
    clock.advance(TOKENS.longestValidity());
    decide(beans -> TestPurge.deleteBatch(beans.purge()));
    assertEquals(0, store().count("refresh_families where id = '" + session.id() + "'"));
  }

  @Test
  void purgeSaysWhetherThereIsMore() throws SQLException {
    store().execute("delete from revocations");
    store()
        .execute(
            "insert into revocations (kind, subject, expires_at)"
                + " select 'token', 'old', timestamp with time zone '2026-01-01 00:00:00+00:00'"
                + " from "
                + manyRows());

    assertTrue(decide(beans -> TestPurge.deleteBatch(beans.purge())));
    assertEquals(500, store().count("revocations"));
    assertFalse(decide(beans -> TestPurge.deleteBatch(beans.purge())));
    assertEquals(0, store().count("revocations"));
  }

  /** 1,500 rows in both databases. */
  private static String manyRows() {
    StringBuilder values = new StringBuilder("(values (1)");
    for (int i = 1; i < 1_500; i++) {
      values.append(", (1)");
    }
    return values.append(") as many (one)").toString();
  }

  @Test
  void kindsHaveTheirNames() {
    assertEquals(Kind.SESSION, Kind.named("session"));
    assertEquals("token", Kind.TOKEN.text());
  }

  private static RefreshSettings strict() {
    return new RefreshSettings(IDLE, LIFETIME, Duration.ZERO);
  }

  private static RefreshSettings withGrace() {
    return new RefreshSettings(IDLE, LIFETIME, Duration.ofSeconds(10));
  }

  /** When nothing that was issued until now can be valid any more. */
  private Instant end() {
    return clock
        .instant()
        .truncatedTo(ChronoUnit.MILLIS)
        .plus(Duration.ofMinutes(15))
        .plusSeconds(10)
        .plusSeconds(60);
  }

  private static User addUser() {
    return TestUsers.add(store());
  }

  private OpenSession open(User user) {
    return open(user, false);
  }

  private OpenSession open(User user, boolean cookie) {
    Login login = new Login(user, "192.0.2.1", "Browser", Optional.of("Ada's phone"), cookie);
    return inTransaction(beans -> beans.families().open(login));
  }

  private OpenSession openFor(User user, String client) throws SQLException {
    OpenSession opened = open(user);
    store()
        .execute(
            "update refresh_families set client_id = '%s' where id = '%s'"
                .formatted(client, opened.id()));
    return opened;
  }

  private static void addCode(User user, String client) throws SQLException {
    store()
        .execute(
            "insert into authorization_codes (hash, client_id, user_id, granted, expires_at)"
                + " values ('%s', '%s', '%s', '{}', current_timestamp)"
                    .formatted(UUID.randomUUID(), client, user.id()));
  }

  private static String addClient() throws SQLException {
    String id = "c" + UUID.randomUUID().toString().replace("-", "");
    store()
        .execute(
            "insert into clients (client_id, metadata, created_at, updated_at) values ('"
                + id
                + "', '{}', current_timestamp, current_timestamp)");
    return id;
  }

  private static String token(OpenSession session) {
    return session.refreshToken().orElseThrow().value();
  }

  private Optional<OpenSession> rotate(String token) {
    return rotate(token, Optional.empty());
  }

  private Optional<OpenSession> renew(OpenSession session) {
    return renew(session.id(), session.csrf().orElseThrow());
  }

  private Optional<OpenSession> renew(String id, String csrf) {
    return inTransaction(beans -> beans.families().renew(id, csrf));
  }

  private String storedCsrf(OpenSession session) {
    return store()
        .inTransaction(
            entities ->
                (String)
                    entities
                        .createNativeQuery("select csrf from refresh_families where id = ?1")
                        .setParameter(1, session.id())
                        .getSingleResult());
  }

  private Optional<OpenSession> rotate(String token, Optional<String> csrf) {
    Rotation rotation = present(token, csrf);
    if (rotation.event().type() == EventType.REFRESH_FAILED) {
      throw rotation.refusal();
    }
    return rotation.session();
  }

  private Rotation present(String token, Optional<String> csrf) {
    return inTransaction(beans -> beans.families().rotate(Presented.firstParty(token, csrf)));
  }

  private SecurityEvent presented(String token) {
    return present(token, Optional.empty()).event();
  }

  private List<Session> list(User user) {
    return inTransaction(beans -> beans.sessions().list(user.id(), PageQuery.of("100", null)))
        .items();
  }

  private Part read(Position after, int most) {
    return inTransaction(beans -> beans.log().read(after, most));
  }

  private void account(AccountChanged change) {
    change(beans -> beans.observer().accountChanged(change));
  }

  private void change(Consumer<Beans> work) {
    inTransaction(
        beans -> {
          work.accept(beans);
          return null;
        });
  }

  private boolean decide(Function<Beans, Boolean> work) {
    return inTransaction(work);
  }

  /** The refresh as the container makes it: one transaction around it, none around its caller. */
  private RefreshFamilies throughTransactions() {
    return new RefreshFamilies() {
      @Override
      public Rotation rotate(Presented presented) {
        return present(presented.refreshToken(), presented.csrf());
      }
    };
  }

  private int winners(int count, String token) throws Exception {
    List<Boolean> won =
        Store.atOnce(
            count,
            () -> {
              try {
                return rotate(token).isPresent();
              } catch (Refusal refusal) {
                assertEquals(Problem.INVALID_REFRESH_TOKEN, refusal.problem());
                return false;
              }
            });
    return Collections.frequency(won, true);
  }

  private static void assertRefused(Problem problem, Runnable attempt) {
    assertEquals(problem, assertThrows(Refusal.class, attempt::run).problem());
  }

  /** The session beans of one transaction. */
  private record Beans(
      EntityManager entities,
      Sessions sessions,
      RefreshFamilies families,
      RevocationLog log,
      Purge purge,
      AccountObserver observer) {}

  /** What the container does around a session bean's method. */
  private <T> T inTransaction(Function<Beans, T> work) {
    List<Revocation> events = new ArrayList<>();
    T result =
        store()
            .inTransaction(
                entities -> {
                  Sessions sessions =
                      new Sessions(
                          entities, TOKENS, clock, event -> events.addAll(event.revocations()));
                  return work.apply(
                      new Beans(
                          entities,
                          sessions,
                          new RefreshFamilies(
                              entities, settings, clock, sessions, limits, new GrantPolicy(TOKENS)),
                          new RevocationLog(entities, clock),
                          new Purge(entities, settings, TOKENS, clock),
                          new AccountObserver(sessions)));
                });
    revoked.addAll(events);
    return result;
  }
}

package dev.signet.domain.backchannel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.oauth.Scope;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.RefreshSettings;
import dev.signet.base.settings.SessionSettings;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TestClock;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.TestRegistration;
import dev.signet.domain.client.TestSubjects;
import dev.signet.domain.database.Store;
import dev.signet.domain.database.StoreContract;
import dev.signet.domain.guard.TestLimits;
import dev.signet.domain.jose.TokenSigner;
import dev.signet.domain.keys.TestKeys;
import dev.signet.domain.outbound.TestOutbound;
import dev.signet.domain.session.BrowserSessions;
import dev.signet.domain.session.GrantPolicy;
import dev.signet.domain.session.Granted;
import dev.signet.domain.session.Login;
import dev.signet.domain.session.OpenSession;
import dev.signet.domain.session.RefreshFamilies;
import dev.signet.domain.session.Sessions;
import dev.signet.domain.session.UserGrant;
import dev.signet.domain.user.TestUsers;
import dev.signet.domain.user.User;
import jakarta.persistence.EntityManager;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told of a logout, and when, on every database. */
class LogoutNoticesContract extends StoreContract {
  private static final TokenSettings TOKENS = Settings.read(key -> Optional.empty()).token();

  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00.123456Z"));
  private final User ada = TestUsers.add(store());
  private final OpaqueToken secret = OpaqueToken.random();
  private final List<SecurityEvent> events = new ArrayList<>();

  private record Beans(
      BrowserSessions browsers,
      RefreshFamilies families,
      Sessions sessions,
      LogoutNotices notices) {}

  @BeforeEach
  void forgetOthers() throws SQLException {
    store().execute("delete from logout_notices");
  }

  @Test
  void logoutInABrowserIsToldToEachClientThatWantsToKnow() throws SQLException {
    String browser = logIn();
    OpenSession told = open(client(true), browser, "openid");
    OpenSession offline = open(client(true), browser, "openid offline_access");
    open(client(false), browser, "openid");
    open(client(true), logIn(), "openid");

    inTransaction(beans -> beans.browsers().end(secret.value()));

    assertEquals(2, store().count("logout_notices"));
    for (OpenSession session : List.of(told, offline)) {
      assertEquals(
          1,
          store()
              .count(
                  "logout_notices where session_id = '%s' and subject = '%s'"
                      .formatted(session.id(), ada.id())));
    }
    assertEquals(
        1,
        store()
            .count(
                "refresh_families where id = '%s' and revoked_at is null".formatted(offline.id())),
        "offline access goes on");
  }

  @Test
  void everyEndOfASessionIsTold() throws SQLException {
    Client client = client(true);
    String browser = logIn();
    OpenSession ended = open(client, browser, "openid");
    open(client, browser, "openid");
    open(client, browser, "openid offline_access");

    inTransaction(beans -> beans.sessions().end(ada.id(), ended.id()));
    assertEquals(1, store().count("logout_notices"));
    clock.advance(Duration.ofSeconds(1));
    inTransaction(
        beans -> {
          beans.sessions().endAll(ada.id());
          return null;
        });
    assertEquals(3, store().count("logout_notices"));
  }

  /** Back-Channel Logout 1.0, section 2.4. */
  @Test
  void noticeKeepsTheSectorThatTheClientHadAtTheLogin() {
    Client client = client(true, "\"subject_type\": \"pairwise\",");
    for (Optional<String> sector :
        List.of(Optional.of("former.example.org"), Optional.of(""), Optional.<String>empty())) {
      OpenSession session = open(client, logIn(), "openid", sector);
      inTransaction(beans -> beans.sessions().end(ada.id(), session.id()));

      assertEquals(sector, take().orElseThrow().sector());
    }
  }

  @Test
  void noticeIsTakenByOne() throws Exception {
    notice();

    List<Boolean> taken =
        Store.atOnce(8, () -> inTransaction(beans -> beans.notices().take()).isPresent());

    assertEquals(1, taken.stream().filter(Boolean::booleanValue).count());
  }

  @Test
  void noticeOfADeadNodeIsTakenAgain() throws SQLException {
    notice();
    assertTrue(take().isPresent());

    assertFalse(take().isPresent());
    clock.advance(Duration.ofSeconds(30));
    assertEquals(1, take().orElseThrow().attempts());
  }

  @Test
  void pausesDoubleUntilItIsGivenUp() throws SQLException {
    notice();
    Instant first = clock.instant();
    LogoutNotice taken = take().orElseThrow();
    for (int attempt = 1; attempt < LogoutNotices.MOST_ATTEMPTS; attempt++) {
      assertEquals(List.of(), failed(taken), "attempt " + attempt);
      clock.advance(Duration.ofSeconds(1L << (attempt - 1)).minusMillis(1));
      assertFalse(take().isPresent(), "attempt " + attempt);
      clock.advance(Duration.ofMillis(1));
      taken = take().orElseThrow();
    }

    assertEquals(1, failed(taken).size());
    assertEquals(0, store().count("logout_notices"));
    Duration whole = Duration.between(first, clock.instant());
    assertTrue(whole.toMinutes() >= 60 && whole.toMinutes() <= 75, whole::toString);
  }

  @Test
  void clientThatDoesNotAnswerHoldsOthersUpOnceForAllItsNotices() throws SQLException {
    Client silent = client(true);
    Client other = client(true);
    for (Client client : List.of(silent, silent, other, silent)) {
      notice(client);
    }
    List<String> asked = new ArrayList<>();
    BackchannelLogout logout =
        logout(
            uri -> {
              asked.add(uri.getHost());
              return uri.equals(address(silent)) ? Optional.empty() : Optional.of(200);
            });

    logout.tell();

    assertEquals(List.of(address(silent).getHost(), address(other).getHost()), asked);
    assertEquals(3, store().count("logout_notices where attempts = 1"));
    assertFalse(take().isPresent());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(1, take().orElseThrow().attempts());
  }

  @Test
  void eachNoticeOfAClientThatDoesNotAnswerKeepsItsOwnPauses() throws SQLException {
    Client silent = client(true);
    notice(silent);
    notice(silent);
    store().execute("update logout_notices set attempts = 5");
    notice(silent);
    notice(silent);
    store()
        .execute(
            "update logout_notices set attempts = 12 where id = (select max(id) from logout_notices)");

    List<LogoutNotice> givenUp = unanswered(take().orElseThrow());

    assertEquals(List.of(12), givenUp.stream().map(LogoutNotice::attempts).toList());
    assertEquals(3, store().count("logout_notices"));
    clock.advance(Duration.ofSeconds(1));
    LogoutNotice isNew = take().orElseThrow();
    assertEquals(1, isNew.attempts());
    assertFalse(take().isPresent());
    done(isNew);
    clock.advance(Duration.ofSeconds(31));
    assertEquals(6, take().orElseThrow().attempts());
    assertEquals(6, take().orElseThrow().attempts());
  }

  @Test
  void clientThatRefusesANoticeIsToldTheOthers() throws SQLException {
    Client client = client(true);
    notice(client);
    notice(client);
    List<Integer> statuses = new ArrayList<>(List.of(500, 200));

    logout(uri -> Optional.of(statuses.remove(0))).tell();

    assertEquals(List.of(), statuses);
    assertEquals(1, store().count("logout_notices where attempts = 1"));
  }

  /** It may come back: they wait for an hour, as others do. */
  @Test
  void noticesOfAPairwiseClientEndWithoutASaltAndHoldNobodyUp() throws SQLException {
    Client nameless = client(true, "\"subject_type\": \"pairwise\",");
    notice(nameless);
    notice(nameless);
    notice(client(true));
    List<URI> asked = new ArrayList<>();
    BackchannelLogout logout =
        logout(
            uri -> {
              asked.add(uri);
              return Optional.of(200);
            });

    logout.tell();
    assertEquals(1, asked.size());
    assertEquals(2, store().count("logout_notices"));

    for (int attempt = 1; attempt < LogoutNotices.MOST_ATTEMPTS; attempt++) {
      clock.advance(Duration.ofSeconds(1L << (attempt - 1)));
      logout.tell();
    }
    assertEquals(0, store().count("logout_notices"));
    assertEquals(1, asked.size());
    assertEquals(
        Collections.nCopies(2, EventType.LOGOUT_NOT_TOLD),
        events.stream().map(SecurityEvent::type).toList());
  }

  @Test
  void toldNoticeIsGone() throws SQLException {
    notice();
    LogoutNotice taken = take().orElseThrow();

    done(taken);

    assertEquals(0, store().count("logout_notices"));
  }

  @Test
  void grantIsFoundUntilItEndsOrItsUserIsDisabled() throws SQLException {
    Client client = client(false);
    OpenSession session = open(client, logIn(), "openid");

    UserGrant grant = granted(session.id()).orElseThrow();
    assertEquals(client.id(), grant.clientId());
    assertEquals(ada.id(), grant.user().id());
    assertEquals(Scope.parse("openid"), grant.granted().scope());
    assertEquals(Optional.empty(), granted("\u0000"));
    store().execute("update users set enabled = false where id = '" + ada.id() + "'");
    assertEquals(Optional.empty(), granted(session.id()));
    store().execute("update users set enabled = true where id = '" + ada.id() + "'");
    inTransaction(beans -> beans.sessions().end(ada.id(), session.id()));
    assertEquals(Optional.empty(), granted(session.id()));
  }

  @Test
  void browserIsNoGrant() {
    assertEquals(Optional.empty(), granted(logIn()));
  }

  private void notice() {
    notice(client(true));
  }

  private void notice(Client client) {
    OpenSession session = open(client, logIn(), "openid");
    inTransaction(beans -> beans.sessions().end(ada.id(), session.id()));
  }

  private Optional<LogoutNotice> take() {
    return inTransaction(beans -> beans.notices().take());
  }

  private void done(LogoutNotice notice) {
    inTransaction(
        beans -> {
          beans.notices().done(notice);
          return null;
        });
  }

  private List<LogoutNotice> failed(LogoutNotice notice) {
    return inTransaction(beans -> beans.notices().failed(notice));
  }

  private List<LogoutNotice> unanswered(LogoutNotice notice) {
    return inTransaction(beans -> beans.notices().unanswered(notice));
  }

  private static URI address(Client client) {
    return URI.create(client.metadata().backchannelLogoutUri());
  }

  /** Tells clients, whose answers a test gives. */
  private BackchannelLogout logout(Function<URI, Optional<Integer>> statuses) {
    return new BackchannelLogout(
        new LogoutNotices() {
          @Override
          public Optional<LogoutNotice> take() {
            return inTransaction(beans -> beans.notices().take());
          }

          @Override
          public void done(LogoutNotice notice) {
            inTransaction(
                beans -> {
                  beans.notices().done(notice);
                  return null;
                });
          }

          @Override
          public List<LogoutNotice> failed(LogoutNotice notice) {
            return inTransaction(beans -> beans.notices().failed(notice));
          }

          @Override
          public List<LogoutNotice> unanswered(LogoutNotice notice) {
            return inTransaction(beans -> beans.notices().unanswered(notice));
          }
        },
        TestRegistration.directory(TestRegistration.transacted(store(), clock, new ArrayList<>())),
        TestSubjects.unsalted(),
        TestWiring.make(TokenSigner.class, TestKeys.keys(), new Metrics()),
        TestOutbound.answering(statuses),
        TOKENS,
        clock,
        TestAudit.telling(events::add));
  }

  private Optional<UserGrant> granted(String id) {
    return inTransaction(beans -> beans.sessions().granted(id));
  }

  /** The last browser has the secret. */
  private String logIn() {
    Login login = new Login(ada, "192.0.2.1", "Browser", Optional.empty(), false);
    boolean isFirst = inTransaction(beans -> beans.browsers().find(secret.value())).isEmpty();
    OpaqueToken shown = isFirst ? secret : OpaqueToken.random();
    return inTransaction(beans -> beans.browsers().open(login, shown, Optional.empty())).id();
  }

  private OpenSession open(Client client, String browser, String scope) {
    return open(client, browser, scope, Optional.empty());
  }

  private OpenSession open(Client client, String browser, String scope, Optional<String> sector) {
    Granted granted =
        new Granted(
            Scope.parse(scope),
            List.of("https://orders.example.org"),
            Instant.parse("2026-03-01T11:00:00Z"),
            Optional.empty(),
            List.of("pwd"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            sector);
    return inTransaction(
        beans ->
            beans.families().open(client, ada, granted, Optional.of(browser), Optional.empty()));
  }

  private static Client client(boolean wantsToKnow) {
    return client(wantsToKnow, "");
  }

  /** Each with a host of its own, if it wants to know. */
  private static Client client(boolean wantsToKnow, String more) {
    String address =
        "\"backchannel_logout_uri\": \"https://%s.example.org/logout\","
            .formatted(UUID.randomUUID());
    return TestRegistration.add(store(), (wantsToKnow ? address : "") + more);
  }

  /** What the container does around a session bean's method. */
  private <T> T inTransaction(Function<Beans, T> work) {
    return store().inTransaction(entities -> work.apply(beans(entities)));
  }

  private Beans beans(EntityManager entities) {
    Sessions sessions = new Sessions(entities, TOKENS, clock, event -> {});
    return new Beans(
        new BrowserSessions(
            entities,
            new SessionSettings(Duration.ofHours(12), Duration.ofHours(1)),
            clock,
            sessions,
            event -> {}),
        new RefreshFamilies(
            entities,
            new RefreshSettings(Duration.ofDays(14), Duration.ofDays(90), Duration.ZERO),
            clock,
            sessions,
            TestLimits.of(Map.of()),
            new GrantPolicy(TOKENS)),
        sessions,
        new LogoutNotices(entities, clock));
  }
}

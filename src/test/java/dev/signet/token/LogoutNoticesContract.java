package dev.signet.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.client.Client;
import dev.signet.client.TestRegistration;
import dev.signet.database.Store;
import dev.signet.database.StoreContract;
import dev.signet.guard.TestLimits;
import dev.signet.keys.OpaqueToken;
import dev.signet.oauth.Scope;
import dev.signet.settings.RefreshSettings;
import dev.signet.settings.SessionSettings;
import dev.signet.settings.Settings;
import dev.signet.settings.TestClock;
import dev.signet.settings.TokenSettings;
import dev.signet.user.TestUsers;
import dev.signet.user.User;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told of a logout, and when, on every database. */
public abstract class LogoutNoticesContract extends StoreContract {
  private static final TokenSettings TOKENS = Settings.read(key -> Optional.empty()).token();

  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00.123456Z"));
  private final User ada = TestUsers.add(store());
  private final OpaqueToken secret = OpaqueToken.random();

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
      assertTrue(failed(taken), "attempt " + attempt);
      clock.advance(Duration.ofSeconds(1L << (attempt - 1)).minusMillis(1));
      assertFalse(take().isPresent(), "attempt " + attempt);
      clock.advance(Duration.ofMillis(1));
      taken = take().orElseThrow();
    }

    assertFalse(failed(taken));
    assertEquals(0, store().count("logout_notices"));
    Duration whole = Duration.between(first, clock.instant());
    assertTrue(whole.toMinutes() >= 60 && whole.toMinutes() <= 75, whole::toString);
  }

  @Test
  void toldNoticeIsGone() throws SQLException {
    notice();
    LogoutNotice taken = take().orElseThrow();

    inTransaction(
        beans -> {
          beans.notices().done(taken);
          return null;
        });

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
    OpenSession session = open(client(true), logIn(), "openid");
    inTransaction(beans -> beans.sessions().end(ada.id(), session.id()));
  }

  private Optional<LogoutNotice> take() {
    return inTransaction(beans -> beans.notices().take());
  }

  private boolean failed(LogoutNotice notice) {
    return inTransaction(beans -> beans.notices().failed(notice));
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
    Granted granted =
        new Granted(
            Scope.parse(scope),
            List.of("https://orders.example.org"),
            Instant.parse("2026-03-01T11:00:00Z"),
            Optional.empty(),
            List.of("pwd"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return inTransaction(
        beans ->
            beans.families().open(client, ada, granted, Optional.of(browser), Optional.empty()));
  }

  private static Client client(boolean wantsToKnow) {
    return TestRegistration.add(
        store(),
        wantsToKnow ? "\"backchannel_logout_uri\": \"https://app.example.org/logout\"," : "");
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
            TestLimits.of(Map.of())),
        sessions,
        new LogoutNotices(entities, clock));
  }
}

package dev.signet.domain.code;

import static dev.signet.base.oauth.OAuthError.ACCESS_DENIED;
import static dev.signet.base.oauth.OAuthError.AUTHORIZATION_PENDING;
import static dev.signet.base.oauth.OAuthError.EXPIRED_TOKEN;
import static dev.signet.base.oauth.OAuthError.INVALID_GRANT;
import static dev.signet.base.oauth.OAuthError.SLOW_DOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Scope;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TestClock;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.TestRegistration;
import dev.signet.domain.consent.Consents;
import dev.signet.domain.consent.TestConsents;
import dev.signet.domain.database.Store;
import dev.signet.domain.database.StoreContract;
import dev.signet.domain.guard.TestLimits;
import dev.signet.domain.session.BrowserSessions;
import dev.signet.domain.session.GrantPolicy;
import dev.signet.domain.session.Granted;
import dev.signet.domain.session.Login;
import dev.signet.domain.session.OpenSession;
import dev.signet.domain.session.RefreshFamilies;
import dev.signet.domain.session.Sessions;
import dev.signet.domain.user.TestUsers;
import dev.signet.domain.user.User;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What requests that wait for a person promise on every database: of devices, and pushed ones. */
class WaitingContract extends StoreContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final Settings SETTINGS = Settings.read(key -> Optional.empty());
  private static final TokenSettings TOKENS = SETTINGS.token();
  private static final List<String> AUDIENCE = List.of("https://orders.example.org");

  private final TestClock clock = new TestClock(NOW);

  @Test
  void databaseHasNoCodeInClear() throws SQLException {
    DeviceCodes.Issued issued = issue(addClient());
    OpaqueToken pushed = push(addClient());

    assertEquals(
        1, store().count("device_codes where hash = '" + issued.code().hash() + "'"), "hashed");
    for (String column : List.of("hash", "user_code", "requested")) {
      assertEquals(
          0,
          store()
              .count(
                  "device_codes where %1$s like '%%%2$s%%' or %1$s like '%%%3$s%%'"
                      .formatted(column, issued.code().value(), issued.userCode().letters())));
    }
    assertEquals(0, store().count("pushed_requests where hash = '" + pushed.value() + "'"));
  }

  @Test
  void personSeesWhatTheDeviceAsksFor() {
    Client client = addClient();
    DeviceCodes.Issued issued = issue(client);

    assertEquals(Optional.of(request(client)), devices(codes -> codes.find(issued.userCode())));
    assertEquals(Optional.empty(), devices(codes -> codes.find(UserCode.random())));
  }

  @Test
  void deviceThatIsLetInIsToldSoOnceAlsoByManyPollsAtOnce() throws Exception {
    Client client = addClient();
    User ada = addUser();
    DeviceCodes.Issued issued = issue(client);
    assertTrue(grant(issued, ada));

    List<DevicePoll> polls = Store.atOnce(8, () -> devices(codes -> poll(codes, issued, client)));

    List<OpenSession> approvals = polls.stream().flatMap(poll -> poll.session().stream()).toList();
    assertEquals(1, approvals.size(), polls::toString);
    assertEquals(ada.id(), approvals.get(0).user().id());
    assertEquals(Optional.of(granted()), approvals.get(0).granted());
    assertEquals(
        7,
        polls.stream().filter(poll -> poll.refusal().equals(Optional.of(INVALID_GRANT))).count());
  }

  @Test
  void ofTwoPeopleWhoDecideAtOnceOneDoes() throws Exception {
    User ada = addUser();
    DeviceCodes.Issued issued = issue(addClient());
    AtomicInteger number = new AtomicInteger();

    List<Boolean> decisions =
        Store.atOnce(
            8, () -> number.incrementAndGet() % 2 == 0 ? grant(issued, ada) : deny(issued, ada));

    assertEquals(1, Collections.frequency(decisions, true), decisions::toString);
  }

  @Test
  void deviceThatDoesNotWaitMustWaitLonger() {
    Client client = addClient();
    DeviceCodes.Issued issued = issue(client);

    assertRefused(AUTHORIZATION_PENDING, issued, client);
    clock.advance(Duration.ofSeconds(5));
    assertRefused(AUTHORIZATION_PENDING, issued, client);
    clock.advance(Duration.ofSeconds(3));
    assertRefused(SLOW_DOWN, issued, client);
    clock.advance(Duration.ofSeconds(5)); // Eight of ten, since the last one that was not early.
    assertRefused(SLOW_DOWN, issued, client);
    clock.advance(Duration.ofSeconds(7)); // Of fifteen, by now.
    assertRefused(AUTHORIZATION_PENDING, issued, client);
    clock.advance(Duration.ofSeconds(15));
    assertRefused(AUTHORIZATION_PENDING, issued, client);
  }

  /** RFC 8628, section 3.5: two clocks, with a network between them. */
  @Test
  void deviceThatPollsAtItsIntervalIsNotSlowedDownByTheNetwork() {
    Client client = addClient();
    DeviceCodes.Issued issued = issue(client);

    assertRefused(AUTHORIZATION_PENDING, issued, client);
    for (long millis : List.of(5_030L, 4_970L, 6_000L, 4_000L, 4_971L, 5_029L, 4_970L)) {
      clock.advance(Duration.ofMillis(millis));
      assertRefused(AUTHORIZATION_PENDING, issued, client);
    }
    clock.advance(Duration.ofMillis(3_999));
    assertRefused(SLOW_DOWN, issued, client);
  }

  @Test
  void deviceIsToldThatItIsNotLetIn() {
    Client client = addClient();
    User ada = addUser();
    DeviceCodes.Issued issued = issue(client);

    assertTrue(deny(issued, ada));

    assertRefused(ACCESS_DENIED, issued, client);
    assertRefused(ACCESS_DENIED, issued, client);
    assertFalse(grant(issued, ada));
    assertEquals(Optional.empty(), devices(codes -> codes.find(issued.userCode())));
  }

  @Test
  void codeOfAnotherClientIsUnknown() {
    Client client = addClient();
    DeviceCodes.Issued issued = issue(client);
    assertTrue(grant(issued, addUser()));

    assertRefused(INVALID_GRANT, issued, addClient());
    assertTrue(devices(codes -> poll(codes, issued, client)).session().isPresent());
  }

  /** An impatient device, or one that asks too late, guesses at nothing. */
  @Test
  void onlyACodeThatTheClientWasNeverGivenIsAGuess() {
    Client client = addClient();
    DeviceCodes.Issued issued = issue(client);
    DeviceCodes.Issued approved = issue(client);
    assertTrue(grant(approved, addUser()));

    for (int i = 0; i < 2; i++) {
      assertFalse(devices(codes -> poll(codes, issued, client)).isGuess(), "pending, slow_down");
      assertFalse(devices(codes -> poll(codes, approved, client)).isGuess(), "used");
    }
    assertTrue(devices(codes -> poll(codes, issued, addClient())).isGuess());
    assertTrue(
        devices(
                codes ->
                    codes.poll(client, OpaqueToken.random().value(), List.of(), Optional.empty()))
            .isGuess());
    clock.advance(DeviceCodes.LIFETIME);
    assertFalse(devices(codes -> poll(codes, issued, client)).isGuess(), "expired");
    assertEquals(true, devices(codes -> codes.isKnown(issued.userCode())));
    assertEquals(false, devices(codes -> codes.isKnown(UserCode.random())));
  }

  @Test
  void codeExpiresAndIsForgottenSomeTimeLater() throws SQLException {
    Client client = addClient();
    User ada = addUser();
    DeviceCodes.Issued issued = issue(client);
    clock.advance(DeviceCodes.LIFETIME);

    assertEquals(Optional.empty(), devices(codes -> codes.find(issued.userCode())));
    assertFalse(grant(issued, ada));
    devices(DeviceCodes::deleteBatch);
    assertRefused(EXPIRED_TOKEN, issued, client);
    clock.advance(DeviceCodes.LIFETIME);
    devices(DeviceCodes::deleteBatch);
    assertRefused(INVALID_GRANT, issued, client);
  }

  @Test
  void approvalThatNobodyFetchesExpires() {
    Client client = addClient();
    DeviceCodes.Issued issued = issue(client);
    assertTrue(grant(issued, addUser()));
    clock.advance(DeviceCodes.LIFETIME);

    assertRefused(EXPIRED_TOKEN, issued, client);
  }

  @Test
  void deviceGetsWhatItsClientIsRegisteredForNowAndItsCodeStaysGood() {
    Client client = addClient();
    DeviceCodes.Issued issued = issue(client);
    assertTrue(grant(issued, addUser()));
    Client elsewhere =
        TestRegistration.changed(client, "{\"audience\": [\"https://stock.example.org\"]}");
    Client less = TestRegistration.changed(client, "{\"scope\": \"orders\"}");

    OAuthException refused =
        assertThrows(OAuthException.class, () -> devices(codes -> poll(codes, issued, elsewhere)));
    assertEquals(OAuthError.INVALID_TARGET, refused.error());

    OpenSession session = devices(codes -> poll(codes, issued, less)).session().orElseThrow();
    assertEquals(Scope.parse("orders"), session.granted().orElseThrow().scope());
  }

  /** RFC 8707, section 2.2. */
  @Test
  void deviceAsksForSomeOfTheResourcesThatItMayUse() {
    String stock = "https://stock.example.org";
    Client client =
        TestRegistration.add(
            store(), "\"audience\": [\"%s\", \"%s\"],".formatted(AUDIENCE.get(0), stock));
    DeviceCodes.Issued issued = issue(client);
    Granted both = granted().narrowedTo(granted().scope(), List.of(AUDIENCE.get(0), stock));
    User ada = addUser();
    boolean isLetIn =
        devices(codes -> codes.grant(issued.userCode(), ada.id(), both, Optional.empty()));
    assertTrue(isLetIn);

    OAuthException refused =
        assertThrows(
            OAuthException.class,
            () -> devices(codes -> poll(codes, issued, client, List.of("urn:other"))));
    assertEquals(OAuthError.INVALID_TARGET, refused.error());

    OpenSession session =
        devices(codes -> poll(codes, issued, client, List.of(stock))).session().orElseThrow();
    assertEquals(List.of(stock), session.granted().orElseThrow().audience());
  }

  @Test
  void withdrawnConsentTakesBackWhatADeviceHasNotFetched() {
    Client client = addClient();
    User ada = addUser();
    DeviceCodes.Issued hers = issue(client);
    DeviceCodes.Issued anothers = issue(client);
    assertTrue(grant(hers, ada));
    assertTrue(grant(anothers, addUser()));

    withdraw(ada, client);

    assertRefused(INVALID_GRANT, hers, client);
    assertTrue(devices(codes -> poll(codes, anothers, client)).session().isPresent());
  }

  @Test
  void deviceGetsNothingThatOutlivesAConsentWithdrawnAtTheSameMoment() throws Exception {
    Client client = addClient();
    for (int i = 0; i < 10; i++) {
      User ada = addUser();
      DeviceCodes.Issued issued = issue(client);
      assertTrue(grant(issued, ada));
      AtomicInteger number = new AtomicInteger();

      Store.atOnce(
          2,
          () -> {
            if (number.getAndIncrement() == 0) {
              return devices(codes -> poll(codes, issued, client)).session().isPresent();
            }
            withdraw(ada, client);
            return true;
          });
    }

    assertEquals(
        0,
        store()
            .count(
                "refresh_families where revoked_at is null and client_id = '" + client.id() + "'"));
  }

  @Test
  void approvalBelongsToTheBrowserInWhichItWasGiven() throws SQLException {
    Client client = addClient();
    User ada = addUser();
    OpaqueToken secret = OpaqueToken.random();
    String browser = browsers(all -> all.open(login(ada), secret, Optional.empty())).id();
    DeviceCodes.Issued early = issue(client);
    DeviceCodes.Issued late = issue(client);
    for (DeviceCodes.Issued issued : List.of(early, late)) {
      assertTrue(grant(issued, ada, Optional.of(browser)));
    }
    String given = devices(codes -> poll(codes, early, client)).session().orElseThrow().id();

    browsers(all -> all.end(secret.value()));

    assertEquals(
        1, store().count("refresh_families where revoked_at is not null and id = '" + given + "'"));
    OAuthException refused =
        assertThrows(OAuthException.class, () -> devices(codes -> poll(codes, late, client)));
    assertEquals(INVALID_GRANT, refused.error());
  }

  private static Login login(User user) {
    return new Login(user, "192.0.2.1", "Browser", Optional.empty(), false);
  }

  @Test
  void pushedRequestIsReadAgainAndAgainButUsedOnce() throws Exception {
    Client client = addClient();
    OpaqueToken reference = push(client);

    for (int i = 0; i < 2; i++) {
      assertEquals(
          Optional.of("scope=a&state=%C3%A4"), find(reference, client, OpaqueToken.random()));
    }
    List<Boolean> uses = Store.atOnce(8, () -> use(reference, client));
    assertEquals(1, Collections.frequency(uses, true), uses::toString);
    assertEquals(Optional.empty(), find(reference, client, OpaqueToken.random()));
  }

  @Test
  void pushedRequestIsItsClientsAlone() {
    Client client = addClient();
    Client other = addClient();
    OpaqueToken reference = push(client);

    assertEquals(Optional.empty(), find(reference, other, OpaqueToken.random()));
    assertFalse(use(reference, other));
    assertTrue(use(reference, client));
  }

  @Test
  void pushedRequestExpires() throws SQLException {
    Client client = addClient();
    OpaqueToken reference = push(client);
    clock.advance(PushedRequests.LIFETIME);

    assertEquals(Optional.empty(), find(reference, client, OpaqueToken.random()));
    assertFalse(use(reference, client));
    pushed(PushedRequests::deleteBatch);
    assertEquals(0, store().count("pushed_requests where client_id = '" + client.id() + "'"));
  }

  /** RFC 9126, section 2.2: what expires is the reference. */
  @Test
  void browserThatWasShownAPageKeepsThePushedRequestWhenItsReferenceHasExpired()
      throws SQLException {
    Client client = addClient();
    OpaqueToken reference = push(client);
    OpaqueToken browser = OpaqueToken.random();
    keep(reference, client, browser);
    clock.advance(PushedRequests.LIFETIME);
    pushed(PushedRequests::deleteBatch);

    assertTrue(find(reference, client, browser).isPresent());
    assertEquals(Optional.empty(), find(reference, client, OpaqueToken.random()), "another one");
    keep(reference, client, OpaqueToken.random());
    assertTrue(find(reference, client, browser).isPresent(), "another one cannot take it");
    assertFalse(use(reference, client));
    assertTrue(use(reference, client, browser));
    assertFalse(use(reference, client, browser));

    OpaqueToken late = push(client);
    keep(late, client, browser);
    clock.advance(PushedRequests.KEPT);
    assertEquals(Optional.empty(), find(late, client, browser));
    pushed(PushedRequests::deleteBatch);
    assertEquals(0, store().count("pushed_requests where client_id = '" + client.id() + "'"));
  }

  @Test
  void pushedRequestFollowsItsBrowserToTheNextSecret() {
    Client client = addClient();
    OpaqueToken reference = push(client);
    OpaqueToken former = OpaqueToken.random();
    OpaqueToken secret = OpaqueToken.random();
    keep(reference, client, former);
    clock.advance(PushedRequests.LIFETIME);

    pushed(
        all -> {
          all.follow(former, secret);
          return true;
        });

    assertEquals(Optional.empty(), find(reference, client, former));
    assertTrue(find(reference, client, secret).isPresent());
  }

  private Optional<String> find(OpaqueToken reference, Client client, OpaqueToken browser) {
    return pushed(all -> all.find(reference, client.id(), browser));
  }

  private void keep(OpaqueToken reference, Client client, OpaqueToken browser) {
    pushed(
        all -> {
          all.keep(reference, client.id(), browser);
          return true;
        });
  }

  private void assertRefused(OAuthError expected, DeviceCodes.Issued issued, Client client) {
    DevicePoll poll = devices(codes -> poll(codes, issued, client));

    assertEquals(Optional.of(expected), poll.refusal());
    assertEquals(Optional.empty(), poll.session());
  }

  private DeviceCodes.Issued issue(Client client) {
    return devices(codes -> codes.issue(request(client)));
  }

  private boolean grant(DeviceCodes.Issued issued, User user) {
    return grant(issued, user, Optional.empty());
  }

  private boolean grant(DeviceCodes.Issued issued, User user, Optional<String> browserId) {
    return devices(codes -> codes.grant(issued.userCode(), user.id(), granted(), browserId));
  }

  private void withdraw(User user, Client client) {
    store()
        .inTransaction(
            entities -> {
              consents(entities).withdraw(user.id(), client.id());
              return true;
            });
  }

  private boolean deny(DeviceCodes.Issued issued, User user) {
    return devices(codes -> codes.deny(issued.userCode(), user.id()));
  }

  private boolean use(OpaqueToken reference, Client client) {
    return use(reference, client, OpaqueToken.random());
  }

  private boolean use(OpaqueToken reference, Client client, OpaqueToken browser) {
    return pushed(all -> all.use(reference, client.id(), browser));
  }

  private OpaqueToken push(Client client) {
    return pushed(all -> all.add(client.id(), "scope=a&state=%C3%A4"));
  }

  private static DeviceRequest request(Client client) {
    return new DeviceRequest(client.id(), Scope.parse("openid orders"), AUDIENCE);
  }

  private static Granted granted() {
    return new Granted(
        Scope.parse("openid orders"),
        AUDIENCE,
        NOW,
        Optional.empty(),
        List.of("pwd"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  private static DevicePoll poll(DeviceCodes codes, DeviceCodes.Issued issued, Client client) {
    return poll(codes, issued, client, List.of());
  }

  private static DevicePoll poll(
      DeviceCodes codes, DeviceCodes.Issued issued, Client client, List<String> audience) {
    return codes.poll(client, issued.code().value(), audience, Optional.empty());
  }

  private <T> T devices(Function<DeviceCodes, T> work) {
    return store()
        .inTransaction(
            entities ->
                work.apply(
                    new DeviceCodes(
                        entities,
                        new RefreshFamilies(
                            entities,
                            SETTINGS.refresh(),
                            clock,
                            sessions(entities),
                            TestLimits.of(Map.of()),
                            new GrantPolicy(TOKENS)),
                        consents(entities),
                        new GrantPolicy(TOKENS),
                        clock)));
  }

  private Sessions sessions(EntityManager entities) {
    return new Sessions(entities, TOKENS, clock, event -> {});
  }

  private Consents consents(EntityManager entities) {
    return TestConsents.of(
        entities,
        clock,
        withdrawn -> sessions(entities).endOfClient(withdrawn.userId(), withdrawn.clientId()));
  }

  private <T> T browsers(Function<BrowserSessions, T> work) {
    return store()
        .inTransaction(
            entities ->
                work.apply(
                    new BrowserSessions(
                        entities, SETTINGS.session(), clock, sessions(entities), event -> {})));
  }

  private <T> T pushed(Function<PushedRequests, T> work) {
    return store().inTransaction(entities -> work.apply(new PushedRequests(entities, clock)));
  }

  private static Client addClient() {
    return TestRegistration.add(store(), "", true);
  }

  private static User addUser() {
    return TestUsers.add(store());
  }
}

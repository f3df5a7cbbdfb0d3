package dev.signet.domain.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.Seal;
import dev.signet.base.settings.TestClock;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.domain.database.Store;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.jose.TokenVerifierTest;
import dev.signet.domain.keys.RingKey.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of keys in a database, with default times: wait 15 minutes, tokens of 15 minutes. */
class DatabaseKeysTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration WAIT = Duration.ofMinutes(15);
  private static final Duration LAST_TOKEN = Duration.ofMinutes(15).plusSeconds(10 + 60);
  private static final Seal SEAL = new Seal(TestNode.ENCRYPTION);
  private static final TransactedKeys STORED = new TransactedKeys(Store.memory());

  private final TestClock clock = new TestClock(START);

  @AfterEach
  void clear() {
    STORED.goAway(false);
    STORED.clear();
  }

  @Test
  void firstKeySignsAtOnceAndStaysOverARestart() throws Exception {
    TestNode node = TestNode.on(STORED, clock);
    String token = node.token();

    TestNode restarted = TestNode.on(STORED, clock);

    assertEquals("ada", restarted.verifier().verify(token).name());
    assertEquals(node.signingKey(), restarted.signingKey());
    assertEquals(List.of(State.SIGNING), states(node));
  }

  @Test
  void keyIsPublishedThenSignsThenVerifiesThenIsGone() {
    TestNode node = TestNode.on(STORED, clock);
    String old = node.signingKey();
    RingKey next = node.keys().rotate();

    assertEquals(State.PUBLISHED, next.state());
    assertEquals(Optional.of(START), next.publishedAt());
    assertEquals(Optional.of(START.plus(WAIT)), next.signsFrom());
    assertTrue(node.publishes(next.id()), "published at once");
    assertEquals(old, node.signingKey());

    pass(node, WAIT.minusMillis(1));
    assertEquals(old, node.signingKey());
    assertEquals(List.of(State.SIGNING, State.PUBLISHED), states(node));

    pass(node, Duration.ofMillis(1));
    assertEquals(next.id(), node.signingKey());
    assertEquals(List.of(State.RETIRED, State.SIGNING), states(node));
    assertTrue(node.publishes(old));
    assertEquals(
        Optional.of(START.plus(WAIT).plus(LAST_TOKEN)), node.keys().list().get(0).verifiesUntil());

    pass(node, LAST_TOKEN);
    assertFalse(node.publishes(old));
    assertEquals(List.of(State.SIGNING), states(node));
  }

  /** RP-Initiated Logout 1.0, section 2: of a session that is, or was a short time ago. */
  @Test
  void hintOfARetiredKeyVerifiesAsLongAsASessionCanLive() throws Exception {
    TestNode node = TestNode.on(STORED, clock, Map.of("signet.session.lifetime", "PT12H"));
    node.keys().rotate();
    pass(node, WAIT.minusSeconds(1));
    String hint = node.idToken();
    String token = node.token();
    pass(node, Duration.ofSeconds(1).plus(LAST_TOKEN));

    TestNode restarted = TestNode.on(STORED, clock, Map.of("signet.session.lifetime", "PT12H"));
    for (TestNode each : List.of(node, restarted)) {
      assertEquals("42", each.idTokens().verifyHint(hint).subject());
      assertEquals(Reason.UNKNOWN_KEY, refusal(each, token), "no access token");
      assertFalse(each.publishes((String) kid(hint)));
      assertEquals(1, each.keys().list().size());
      assertEquals(1, each.keys().ring().algorithms().size());
    }

    pass(node, Duration.ofHours(12).plusSeconds(60).minus(LAST_TOKEN).minusMillis(1));
    assertEquals("42", node.idTokens().verifyHint(hint).subject());
    pass(node, Duration.ofSeconds(5));
    assertThrows(InvalidToken.class, () -> node.idTokens().verifyHint(hint));
    assertEquals(List.of(2), STORED.all().stream().map(SigningKey::generation).toList());
  }

  @Test
  void keyIsKeptForItsAccessTokensWhereSessionsAreShorter() throws Exception {
    TestNode node =
        TestNode.on(
            STORED,
            clock,
            Map.of("signet.session.lifetime", "PT1M", "signet.session.idle", "PT1M"));
    node.keys().rotate();
    pass(node, WAIT.minusSeconds(1));
    String last = node.token();

    pass(node, Duration.ofMinutes(15));

    assertEquals("ada", node.verifier().verify(last).name());
  }

  @Test
  void tokenOfARetiredKeyIsAcceptedUntilItsEnd() throws Exception {
    TestNode node = TestNode.on(STORED, clock, Map.of("signet.token.lifetime", "PT1H"));
    node.keys().rotate();
    pass(node, WAIT.minusSeconds(1));
    String last = node.token(); // of 15 minutes, though this node's live longer
    pass(node, Duration.ofSeconds(1));
    assertNotEquals(kid(last), kid(node.token()));

    pass(node, Duration.ofMinutes(15));
    assertEquals("ada", node.verifier().verify(last).name());

    pass(node, Duration.ofSeconds(10));
    assertEquals(Reason.EXPIRED, refusal(node, last));

    pass(node, Duration.ofMinutes(46));
    assertEquals(Reason.UNKNOWN_KEY, refusal(node, last));
  }

  @Test
  void everyTokenIsAcceptedByEveryNodeThroughoutARotation() throws Exception {
    TestNode one = TestNode.on(STORED, clock);
    TestNode two = TestNode.on(STORED, clock);
    one.keys().rotate();
    String former = one.token();
    for (int second = 0; second < 2 * WAIT.toSeconds(); second += 60) {
      // A node learns of what another one did when it looks, not before.
      pass(two, Duration.ofSeconds(60));
      two.verifier().verify(one.token());
      one.keys().refresh();
      one.verifier().verify(two.token());
      if (second < WAIT.toSeconds()) {
        two.verifier().verify(former);
      }
    }
    assertEquals(one.signingKey(), two.signingKey());
    assertNotEquals(kid(former), one.signingKey());
  }

  @Test
  void rotationIsRefusedWhileAKeyWaits() {
    TestNode node = TestNode.on(STORED, clock);
    node.keys().rotate();

    Refusal refusal = assertThrows(Refusal.class, node.keys()::rotate);

    assertEquals(Problem.ROTATION_REFUSED, refusal.problem());
    pass(node, WAIT);
    node.keys().rotate();
    assertEquals(List.of(State.RETIRED, State.SIGNING, State.PUBLISHED), states(node));
  }

  @Test
  void scheduleRotatesOnceThoughSeveralNodesKeepIt() {
    TestNode one = TestNode.on(STORED, clock);
    TestNode two = TestNode.on(STORED, clock);

    pass(one, Duration.ofDays(90).minusSeconds(1));
    two.keys().refresh();
    assertEquals(1, STORED.all().size());

    pass(one, Duration.ofSeconds(5));
    two.keys().refresh();
    one.keys().refresh();
    assertEquals(List.of(1, 2), STORED.all().stream().map(SigningKey::generation).toList());
    pass(two, Duration.ofSeconds(5));
    assertTrue(two.publishes(STORED.all().get(1).id()));
  }

  @Test
  void rotationOfZeroIsNever() {
    TestNode node = TestNode.on(STORED, clock, Map.of("signet.keys.rotation", "PT0S"));

    pass(node, Duration.ofDays(3_000));

    assertEquals(1, STORED.all().size());
  }

  @Test
  void timeGoesOnWithoutTheDatabase() {
    TestNode node = TestNode.on(STORED, clock);
    RingKey next = node.keys().rotate();
    STORED.goAway(true);

    assertThrows(IllegalStateException.class, () -> pass(node, WAIT));

    assertEquals(next.id(), node.signingKey());
    STORED.goAway(false);
    pass(node, Duration.ofSeconds(5));
    assertEquals(next.id(), node.signingKey());
  }

  @Test
  void databaseIsAskedEveryFiveSecondsAtMost() {
    TestNode node = TestNode.on(STORED, clock);
    STORED.goAway(true);

    pass(node, Duration.ofMillis(4_999));

    assertThrows(IllegalStateException.class, () -> pass(node, Duration.ofMillis(1)));
    pass(node, Duration.ofMillis(4_999));
  }

  @Test
  void ringStaysTheSameObjectWhileNothingChanges() {
    TestNode node = TestNode.on(STORED, clock);
    KeyRing before = node.keys().ring();

    pass(node, Duration.ofHours(1));

    assertSame(before, node.keys().ring());
  }

  @Test
  void privateKeyIsErasedWhenNoNodeSignsWithItAnyMore() throws Exception {
    TestNode node = TestNode.on(STORED, clock);
    node.keys().rotate();
    pass(node, WAIT.plusSeconds(59));
    assertTrue(STORED.all().get(0).hasSecret());

    pass(node, Duration.ofSeconds(6));

    SigningKey retired = STORED.all().get(0);
    assertFalse(retired.hasSecret());
    assertFalse(JWK.parse(SEAL.open(retired.id(), retired.sealedKey())).isPrivate());
    assertTrue(STORED.all().get(1).hasSecret());
    TestNode restarted = TestNode.on(STORED, clock);
    assertEquals(node.keys().ring().publicJwks(), restarted.keys().ring().publicJwks());
  }

  @Test
  void nodeWhoseClockIsSlowSignsWithWhatItHas() {
    TestNode node = TestNode.on(STORED, clock);
    TestNode early = TestNode.on(STORED, new TestClock(START.minusSeconds(30)));
    assertEquals(node.signingKey(), early.signingKey());

    RingKey next = node.keys().rotate();
    pass(node, WAIT.plusSeconds(70));
    TestNode late = TestNode.on(STORED, new TestClock(START.plus(WAIT).minusSeconds(1)));

    assertEquals(next.id(), late.signingKey());
  }

  @Test
  void privateKeysAreSealedInTheDatabase() throws Exception {
    TestNode.on(STORED, clock);
    SigningKey row = STORED.all().get(0);

    JWK opened = JWK.parse(SEAL.open(row.id(), row.sealedKey()));
    assertTrue(opened.isPrivate());
    assertFalse(row.sealedKey().contains(opened.toECKey().getD().toString()));
  }

  /** Who can write to the database must not be able to sign tokens. */
  @Test
  void keyThatWasNotSealedHereIsNotUsed() {
    TestNode node = TestNode.on(STORED, clock);
    String former = node.signingKey();
    ECKey foreign = TestKeys.generateEc();
    Seal other = new Seal("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=");
    String sealed = other.seal(foreign.getKeyID(), foreign.toJSONString());
    STORED.add(new SigningKey(foreign.getKeyID(), 2, "ES256", sealed, START, START));

    assertThrows(InvalidSettings.class, () -> pass(node, Duration.ofSeconds(5)));

    assertEquals(former, node.signingKey());
    assertFalse(node.publishes(foreign.getKeyID()));
  }

  @Test
  void wrongEncryptionKeyStopsTheStart() {
    TestNode.on(STORED, clock);
    Map<String, String> other =
        Map.of("signet.keys.encryption", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=");

    InvalidSettings refused =
        assertThrows(InvalidSettings.class, () -> TestNode.on(STORED, clock, other));

    assertTrue(refused.getMessage().startsWith("signet.keys.encryption "), refused.getMessage());
  }

  @Test
  void algorithmMayChangeWithTheNextKey() throws Exception {
    TestNode rsa = TestNode.on(STORED, clock, Map.of("signet.keys.algorithm", "RS256"));
    String former = rsa.token();
    TestNode ec = TestNode.on(STORED, clock);
    ec.keys().rotate();
    pass(ec, WAIT);

    assertEquals("ES256", ec.keys().ring().signing().algorithm().getName());
    rsa.keys().refresh();
    rsa.verifier().verify(ec.token());
    assertEquals("RS256", ec.keys().list().get(0).algorithm());
    assertEquals("ada", ec.verifier().verify(former).name());
  }

  private void pass(TestNode node, Duration time) {
    clock.advance(time);
    node.keys().refresh();
  }

  private static List<State> states(TestNode node) {
    return node.keys().list().stream().map(RingKey::state).toList();
  }

  private static Reason refusal(TestNode node, String token) {
    return assertThrows(InvalidToken.class, () -> node.verifier().verify(token)).reason();
  }

  private static Object kid(String token) {
    return TokenVerifierTest.headerOf(token).get("kid");
  }
}

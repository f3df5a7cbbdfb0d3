package dev.signet.domain.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.TestClock;
import dev.signet.domain.database.Store;
import dev.signet.domain.database.StoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stored keys promise on every database; each database runs it in {@code persistence}. */
class KeysContract extends StoreContract {
  private static final int NODES = 6;
  private static final Instant START = Instant.parse("2026-03-01T12:00:00.123456Z");

  private final TestClock clock = new TestClock(START);
  private final TransactedKeys stored = new TransactedKeys(store());

  @BeforeEach
  void clear() {
    stored.clear();
  }

  @Test
  void storedKeyComesBackAsItWas() {
    Map<String, String> rsa = Map.of("signet.keys.algorithm", "RS256", "signet.keys.bits", "3072");
    TestNode node = TestNode.on(stored, clock, rsa);

    TestNode restarted = TestNode.on(stored, clock, rsa);

    assertEquals(node.keys().ring().publicJwks(), restarted.keys().ring().publicJwks());
    assertEquals(node.signingKey(), restarted.signingKey());
    assertEquals(
        Optional.of(Instant.parse("2026-03-01T12:00:00.123Z")),
        restarted.keys().list().get(0).signsFrom());
  }

  @Test
  void nodesThatStartTogetherShareOneFirstKey() throws Exception {
    List<String> signing = Store.atOnce(NODES, () -> TestNode.on(stored, clock).signingKey());

    assertEquals(1, Set.copyOf(signing).size(), signing::toString);
    assertEquals(1, stored.all().size());
  }

  @Test
  void ofNodesThatRotateTogetherOneMakesTheKey() throws Exception {
    List<TestNode> nodes =
        Collections.synchronizedList(
            new ArrayList<>(
                Collections.nCopies(NODES, 0).stream()
                    .map(any -> TestNode.on(stored, clock))
                    .toList()));

    List<String> outcomes =
        Store.atOnce(
            NODES,
            () -> {
              try {
                nodes.remove(0).keys().rotate();
                return "rotated";
              } catch (Refusal refusal) {
                return refusal.problem().name();
              }
            });

    assertEquals(1, Collections.frequency(outcomes, "rotated"), outcomes::toString);
    assertEquals(
        NODES - 1,
        Collections.frequency(outcomes, Problem.ROTATION_REFUSED.name()),
        outcomes::toString);
    assertEquals(List.of(1, 2), stored.all().stream().map(SigningKey::generation).toList());
  }

  @Test
  void retiredKeyLosesItsPrivatePartAndThenItsRow() {
    TestNode node = TestNode.on(stored, clock);
    node.keys().rotate();

    clock.advance(Duration.ofMinutes(17));
    node.keys().refresh();
    assertEquals(List.of(false, true), stored.all().stream().map(SigningKey::hasSecret).toList());

    clock.advance(Duration.ofHours(12));
    node.keys().refresh();
    assertEquals(List.of(2), stored.all().stream().map(SigningKey::generation).toList());
  }

  @Test
  void noPrivatePartIsReadableInTheDatabase() throws SQLException {
    TestNode.on(stored, clock, Map.of("signet.keys.algorithm", "RS256"));
    try (Connection connection = store().database().getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("select sealed_key from signing_keys")) {
      assertTrue(row.next());
      for (String member : List.of("\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\"")) {
        assertFalse(row.getString(1).contains(member), member);
      }
      assertTrue(row.getString(1).length() > 1_000);
    }
  }
}

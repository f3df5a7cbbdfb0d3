package dev.signet.domain.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.value.Limit;
import dev.signet.base.settings.value.Rate;
import dev.signet.domain.database.Store;
import dev.signet.domain.database.StoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What {@link RateLimits} promise of nodes that count together. */
@EnabledIfSystemProperty(named = StoreContract.DATABASE, matches = StoreContract.POSTGRESQL)
class SharedLimitsContract extends StoreContract {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void nodesTogetherAcceptTheRateAndNoMore() throws Exception {
    List<RateLimits> nodes = nodes(new Rate(10, HOUR), 3);
    AtomicInteger turn = new AtomicInteger();
    String key = fresh();

    List<Boolean> accepted =
        Store.atOnce(15, () -> accepts(nodes.get(turn.getAndIncrement() % nodes.size()), key));

    assertEquals(10, Collections.frequency(accepted, true), accepted::toString);
    nodes.forEach(node -> assertFalse(accepts(node, key)));
    nodes.forEach(node -> assertTrue(accepts(node, fresh())));
  }

  /** Between two questions to the database, each takes up to a hundredth by itself. */
  @Test
  void nodesTogetherAcceptAHundredthMoreOfALargeRateForEachOfThem() {
    List<RateLimits> nodes = nodes(new Rate(1_000, HOUR), 3);
    String key = fresh();

    int accepted = 0;
    for (int i = 0; i < 2_000; i++) {
      accepted += accepts(nodes.get(i % nodes.size()), key) ? 1 : 0;
    }

    assertTrue(accepted >= 1_000 && accepted <= 1_030, "accepted " + accepted);
  }

  /** Until there is a row, they would meet the library's own fault. */
  @Test
  void simultaneousFirstRequestsAreCountedForAllNodes() throws Exception {
    List<RateLimits> nodes = nodes(new Rate(1_000, HOUR), 2);
    String key = fresh();

    Store.atOnce(8, () -> accepts(nodes.get(0), key));
    for (int i = 0; i < 20; i++) {
      accepts(nodes.get(0), key);
    }

    long remaining = nodes.get(1).check(Limit.LOGIN_SOURCE, key).orElseThrow().remaining();
    assertTrue(remaining <= 1_000 - 28 + 10, "remaining " + remaining);
  }

  @Test
  void nodeThatStartsAgainKnowsWhatWasCounted() {
    Rate rate = new Rate(2, HOUR);
    String key = fresh();
    nodes(rate, 2).forEach(node -> assertTrue(accepts(node, key)));

    assertFalse(accepts(nodes(rate, 1).get(0), key));
  }

  @Test
  void withoutTheDatabaseEachNodeCountsForItself() throws SQLException {
    List<RateLimits> nodes = nodes(new Rate(2, HOUR), 2);
    String key = fresh();
    execute("alter table rate_limits rename to gone");
    try {
      for (RateLimits node : nodes) {
        assertTrue(accepts(node, key));
        assertTrue(accepts(node, key));
        assertFalse(accepts(node, key));
      }
    } finally {
      execute("alter table gone rename to rate_limits");
    }
  }

  @Test
  void bucketsThatAreFullAgainAreDeleted() throws SQLException {
    RateLimits node = nodes(new Rate(5, HOUR), 1).get(0);
    String key = fresh();
    accepts(node, key);
    assertFalse(node.deleteBatch());
    assertEquals(1, rows(key));

    execute("update rate_limits set expires_at = 0");

    assertFalse(node.deleteBatch());
    assertEquals(0, rows(key));
    assertEquals(4, node.check(Limit.LOGIN_SOURCE, key).orElseThrow().remaining());
  }

  private static List<RateLimits> nodes(Rate rate, int count) {
    return Collections.nCopies(count, rate).stream()
        .map(each -> TestLimits.node(Map.of(Limit.LOGIN_SOURCE, each), store().database()).limits())
        .toList();
  }

  private static boolean accepts(RateLimits node, String key) {
    return node.check(Limit.LOGIN_SOURCE, key).orElseThrow().accepted();
  }

  private static String fresh() {
    return UUID.randomUUID().toString();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = store().database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int rows(String key) throws SQLException {
    try (Connection connection = store().database().getConnection();
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select count(*) from rate_limits where id like '%" + key + "'")) {
      row.next();
      return row.getInt(1);
    }
  }
}

package dev.signet.domain.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.paging.Page;
import dev.signet.base.paging.PageQuery;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TestClock;
import dev.signet.base.settings.value.Network;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.database.Store;
import dev.signet.domain.database.StoreContract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What blocks and account locks promise on every database, on three nodes; each database runs it in
 * {@code persistence}. To be quick, 20 failures block, but where the default of 100 matters.
 */
class GuardContract extends StoreContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final String MALLORY = "203.0.113.7";
  private static final String HOME = "198.51.100.1";
  private static final Settings SETTINGS = settings(Map.of("signet.block.failures", "20"));

  private final TestClock clock = new TestClock(NOW);
  private final List<GuardNode> nodes = nodes(SETTINGS);
  private final GuardNode node = nodes.get(0);
  private final GuardNode other = nodes.get(1);

  @BeforeEach
  void forgetEverything() throws SQLException {
    for (String table : List.of("failures", "sources", "account_attempts")) {
      execute("delete from " + table);
    }
  }

  @Test
  void hundredthFailureBlocksOnAllNodesAndTheNinetyNinthOnNone() throws Exception {
    List<GuardNode> nodes = nodes(settings(Map.of()));
    failAtOnce(nodes, 99);
    assertTrue(nodes.stream().allMatch(each -> each.admits(MALLORY)));

    nodes.get(1).fail(MALLORY);

    for (GuardNode each : nodes) {
      assertEquals(15, each.waits(MALLORY).plusMillis(1).toMinutes());
      assertTrue(each.admits(HOME));
    }
  }

  @Test
  void ofSimultaneousFailuresOneBlocksAndWhatFollowsDoesNotCount() throws Exception {
    List<GuardNode> nodes = nodes(settings(Map.of()));
    failAtOnce(nodes, 120);

    assertEquals(
        List.of(EventType.SOURCE_BLOCKED),
        nodes.stream().flatMap(each -> each.events().stream()).toList());
    assertEquals(1, list().size());
    assertEquals(0, count("failures"));
  }

  @Test
  void windowSlides() {
    fail(10);
    clock.advance(Duration.ofMinutes(6));
    fail(9);
    clock.advance(Duration.ofMinutes(4).plusMillis(1));
    fail(10); // The first ten are too old by now.
    assertTrue(node.admits(MALLORY));

    fail(1);

    assertFalse(node.admits(MALLORY));
  }

  @Test
  void successDoesNotResetTheSource() {
    for (int i = 0; i < 19; i++) {
      assertFalse(node.guesses("ada" + i, MALLORY));
    }
    assertTrue(node.enters("mallory", MALLORY));

    node.guesses("ada", MALLORY);

    assertFalse(node.admits(MALLORY));
  }

  @Test
  void blockEndsByItselfAndFailuresBeforeItAreForgotten() {
    fail(20);
    clock.advance(Duration.ofMinutes(14));
    assertFalse(node.admits(MALLORY));
    clock.advance(Duration.ofMinutes(1));

    assertTrue(node.admits(MALLORY));
    fail(19);
    assertTrue(node.admits(MALLORY));
    assertEquals(List.of(), list());
  }

  @Test
  void blocksOfRepeatOffendersDoubleUpToTheLongest() {
    GuardNode quick = new GuardNode(store(), settings(Map.of("signet.block.failures", "1")), clock);
    List<Duration> lengths = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      quick.fail(MALLORY);
      Block block = list().get(0);
      lengths.add(Duration.between(block.since(), block.until()));
      clock.advance(lengths.get(i));
    }

    assertEquals(
        List.of(15L, 30L, 60L, 120L, 240L, 480L, 960L, 1440L, 1440L),
        lengths.stream().map(Duration::toMinutes).toList());
  }

  @Test
  void sourceThatWasQuietForLongIsAFirstOffenderAgain() {
    fail(20);
    clock.advance(Duration.ofMinutes(15).plusDays(1).plusMillis(1));

    fail(20);

    assertEquals(Duration.ofMinutes(15), length(list().get(0)));
  }

  @Test
  void liftedBlockIsFeltOnAllNodesWithinTwoSeconds() {
    fail(20);
    assertTrue(nodes.stream().noneMatch(each -> each.admits(MALLORY)));

    node.blocks().lift(list().get(0).id());

    assertTrue(node.admits(MALLORY));
    await(() -> other.admits(MALLORY));
    assertEquals(2, events().size());
    assertEquals(
        Set.of(EventType.SOURCE_BLOCKED, EventType.SOURCE_UNBLOCKED), Set.copyOf(events()));
  }

  @Test
  void afterALiftedBlockTheNextOneIsAFirstOne() {
    fail(20);
    node.blocks().lift(list().get(0).id());

    fail(19);
    assertTrue(node.admits(MALLORY));
    fail(1);

    assertEquals(Duration.ofMinutes(15), length(list().get(0)));
  }

  @Test
  void whatIsNoBlockCannotBeLifted() {
    String id = block(MALLORY).id();
    node.blocks().lift(id);

    for (String wrong : List.of(id, "x", "\0", "00000000-0000-0000-0000-000000000000")) {
      assertRefused(Problem.NOT_FOUND, () -> node.blocks().lift(wrong));
    }
  }

  @Test
  void floodFromABlockedSourceCostsNoLookUps() {
    fail(20);
    int before = node.lookUps();
    for (int i = 0; i < 1_000; i++) {
      assertFalse(node.admits(MALLORY));
    }

    assertTrue(node.lookUps() - before < 100, () -> node.lookUps() + " look-ups");
  }

  @Test
  void blockedNetworkIsBlockedAsAWholeOnAllNodes() {
    block("203.0.0.0/16");
    other.blocks().catchUp();

    for (String inside : List.of("203.0.0.0", MALLORY, "203.0.255.255")) {
      assertFalse(node.admits(inside), inside);
      assertFalse(other.admits(inside), inside);
    }
    assertTrue(other.admits("203.1.0.0"));
    node.blocks().lift(list().get(0).id());
    other.blocks().catchUp();
    assertTrue(node.admits(MALLORY));
    assertTrue(other.admits(MALLORY));
  }

  @Test
  void partOfASourceStandsForAllOfIt() {
    Block block = block("2001:db8::7");

    assertEquals("2001:db8:0:0:0:0:0:0/64", block.source());
    assertFalse(other.admits("2001:db8:0:0:0:0:0:0/64"));
  }

  @Test
  void administratorsBlockIsListedAsItWasMadeAndTakesThePlaceOfAnother() {
    fail(20);
    assertEquals(Optional.empty(), list().get(0).by());
    clock.advance(Duration.ofSeconds(1));

    Block block =
        node.blocks()
            .block(
                Network.parse(MALLORY),
                Optional.of(Duration.ofDays(7)),
                "an administrator",
                Optional.of("a reason"));

    assertEquals(List.of(block), list());
    assertEquals(Duration.ofDays(7), length(block));
    assertEquals(Optional.of("an administrator"), block.by());
    assertEquals(Optional.of("a reason"), block.reason());
  }

  @Test
  void allowedNetworkIsNeitherCountedNorBlocked() throws SQLException {
    for (int i = 0; i < 21; i++) {
      node.fail("192.0.2.9");
    }

    assertTrue(node.admits("192.0.2.9"));
    assertEquals(0, count("failures"));
    for (String network : List.of("192.0.2.9", "192.0.2.0/25", "192.0.0.0/16")) {
      assertRefused(Problem.BLOCK_REFUSED, () -> block(network));
    }
  }

  @Test
  void nobodyBlocksThemselvesOrHalfOfTheWorld() {
    assertRefused(
        Problem.BLOCK_REFUSED, () -> GuardNode.from(HOME, () -> block("198.51.100.0/24")));
    assertRefused(Problem.INVALID_INPUT, () -> block("203.0.0.0/15"));
    assertRefused(Problem.INVALID_INPUT, () -> block("2001:db8::/31"));
    assertEquals(List.of(), list());
  }

  @Test
  void workWithoutASourceIsNeitherCheckedNorCounted() throws SQLException {
    Guard guard = new Guard(node.blocks(), null, null, null, clock);
    guard.admit();
    guard.failed();

    assertFalse(guard.attempted(new Attempt("ada", Optional.empty(), false)));
    assertEquals(0, count("account_attempts"));
  }

  @Test
  void blocksComeInPagesNewestFirst() {
    for (int i = 1; i <= 5; i++) {
      block("203.0.113." + i);
      clock.advance(Duration.ofMillis(i % 2)); // Some are of the same moment.
    }
    List<Block> paged = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Page<Block> page = node.blocks().list(PageQuery.of("2", after.orElse(null)));
      paged.addAll(page.items());
      after = page.next();
    } while (after.isPresent());

    assertEquals(list(), paged);
    assertEquals(5, paged.size());
    assertEquals("203.0.113.1", paged.get(4).source());
  }

  @Test
  void purgeDeletesOnlyWhatDecidesNothingAnyMore() throws SQLException {
    fail(19);
    node.guesses("ada", HOME);
    node.enters("bob", HOME);
    block("203.0.113.0/24");
    clock.advance(Duration.ofMinutes(10).minusMillis(1));
    purge();
    assertEquals(20, count("failures"));

    clock.advance(Duration.ofMillis(1));
    purge();
    assertEquals(0, count("failures"));
    assertEquals(3, count("sources"));
    assertEquals(2, count("account_attempts"));

    clock.advance(Duration.ofDays(1));
    purge();
    assertEquals(1, count("sources"), "the end of a block is the beginning of being quiet");
    assertEquals(1, count("account_attempts"), "a known source is known for thirty days");

    clock.advance(Duration.ofDays(30));
    purge();
    assertEquals(0, count("sources"));
    assertEquals(0, count("account_attempts"));
  }

  @Test
  void tenFailuresFromManySourcesLockTheAccountForStrangers() {
    guess(9);
    assertEquals(List.of(), events());
    guess(1);
    assertEquals(List.of(EventType.ACCOUNT_LOCKED), events());

    assertFalse(node.enters("ada", HOME), "also with the right password");
    assertTrue(node.enters("bob", HOME));
    clock.advance(Duration.ofSeconds(1));
    assertTrue(other.enters("ada", HOME));
  }

  @Test
  void nameThatNobodyHasIsLockedAlike() {
    // The guard never learns whether there is such an account before it decides.
    for (int i = 0; i < 10; i++) {
      assertFalse(node.guesses("nobody", MALLORY));
    }

    assertTrue(node.guesses("nobody", MALLORY));
  }

  @Test
  void delayDoublesWithEachFailureUpToTheLongest() {
    guess(10);
    for (int seconds : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900)) {
      clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertTrue(node.guesses("ada", HOME), "and changes nothing");
      clock.advance(Duration.ofMillis(1));
      assertFalse(node.guesses("ada", HOME), seconds + " s");
    }

    assertEquals(1, Collections.frequency(events(), EventType.ACCOUNT_LOCKED));
  }

  @Test
  void successAndTimeResetTheCount() {
    guess(9);
    assertTrue(node.enters("ada", HOME));
    guess(9);
    assertTrue(node.enters("ada", "198.51.100.2"));
    guess(9);
    clock.advance(Duration.ofHours(24).plusMillis(1));
    guess(9);

    assertTrue(node.enters("ada", "198.51.100.3"));
    assertEquals(List.of(), events());
  }

  @Test
  void strangersCannotLockTheOwnerOut() {
    assertTrue(node.enters("ada", HOME));
    guess(10);

    assertFalse(node.enters("ada", MALLORY));
    assertTrue(other.enters("ada", HOME));
    assertFalse(node.enters("ada", MALLORY), "the owner's success frees no stranger");
  }

  @Test
  void knownSourceIsNoLicenceToGuess() {
    assertTrue(node.enters("ada", HOME));
    for (int i = 0; i < 10; i++) {
      assertFalse(node.guesses("ada", HOME));
    }

    assertTrue(node.guesses("ada", HOME));
    assertFalse(node.enters("ada", HOME));
    assertTrue(node.enters("ada", MALLORY), "others have a count of their own");
    clock.advance(Duration.ofSeconds(1));
    assertTrue(node.enters("ada", HOME));
  }

  @Test
  void sourceIsKnownForThirtyDaysAfterTheLastLogin() {
    assertTrue(node.enters("ada", HOME));
    clock.advance(Duration.ofDays(20));
    assertTrue(node.enters("ada", HOME));
    clock.advance(Duration.ofDays(29));
    guess(10);
    assertTrue(node.enters("ada", HOME));
    clock.advance(Duration.ofDays(30));
    guess(10);

    assertFalse(node.enters("ada", HOME));
  }

  @Test
  void loginFromAKnownSourceWritesNothingWithinADay() throws SQLException {
    assertTrue(node.enters("ada", HOME));
    String row =
        "account_attempts where expires_at = '%s'"
            .formatted(clock.instant().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS));
    clock.advance(Duration.ofHours(23));

    assertTrue(node.enters("ada", HOME));

    assertEquals(1, count(row));
    node.guesses("ada", HOME);
    assertTrue(node.enters("ada", HOME));
    assertEquals(0, count(row), "a failure is forgotten, and written");
  }

  @Test
  void accountKnowsTwentySourcesAtMost() throws SQLException {
    for (int i = 0; i < 25; i++) {
      assertTrue(node.enters("ada", "198.51.100." + i));
      assertTrue(node.enters("ada", HOME));
      clock.advance(Duration.ofDays(1));
    }
    guess(10);

    assertEquals(21, count("account_attempts"));
    assertFalse(node.enters("ada", "198.51.100.5"));
    assertTrue(node.enters("ada", "198.51.100.24"));
    assertTrue(node.enters("ada", HOME), "the one that was used last stays");
  }

  @Test
  void ofSimultaneousGuessesNoneSlipsThroughTheLock() throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Boolean> locked =
        Store.atOnce(
            45,
            () -> {
              int i = next.incrementAndGet();
              return nodes.get(i % 3).guesses("ada", "198.51.100." + i);
            });

    assertEquals(10, Collections.frequency(locked, false));
    assertEquals(List.of(EventType.ACCOUNT_LOCKED), events());
  }

  @Test
  void simultaneousLoginsFromANewSourceAllSucceed() throws Exception {
    List<Boolean> entered = Store.atOnce(20, () -> node.enters("ada", HOME));

    assertEquals(20, Collections.frequency(entered, true));
  }

  @Test
  void attemptAtALockedAccountCountsForItsSource() throws SQLException {
    guess(10);
    int before = count("failures where source = '" + HOME + "'");
    node.enters("ada", HOME);

    assertEquals(before + 1, count("failures where source = '" + HOME + "'"));
  }

  @Test
  void databaseHasNoNames() throws SQLException {
    node.guesses("ada", HOME);

    assertEquals(1, count("account_attempts"));
    assertEquals(0, count("account_attempts where id like '%ada%' or account like '%ada%'"));
    assertNotEquals(
        new Attempt("ada", Optional.empty(), true).account(),
        new Attempt("bob", Optional.empty(), true).account());
  }

  private static Settings settings(Map<String, String> others) {
    Map<String, String> values = new HashMap<>(others);
    values.put("signet.block.allow", "192.0.2.0/24");
    return Settings.read(key -> Optional.ofNullable(values.get(key)));
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      nodes.get(i % 3).fail(MALLORY);
    }
  }

  private List<GuardNode> nodes(Settings settings) {
    return Stream.generate(() -> new GuardNode(store(), settings, clock)).limit(3).toList();
  }

  private static void failAtOnce(List<GuardNode> nodes, int times) throws Exception {
    AtomicInteger next = new AtomicInteger();
    Store.atOnce(
        times,
        () -> {
          nodes.get(next.incrementAndGet() % 3).fail(MALLORY);
          return null;
        });
  }

  /** Wrong passwords for one account, each from another source. */
  private void guess(int times) {
    for (int i = 0; i < times; i++) {
      assertFalse(nodes.get(i % 3).guesses("ada", "10.1.1." + i));
    }
  }

  private Block block(String network) {
    return node.blocks()
        .block(Network.parse(network), Optional.empty(), "an administrator", Optional.empty());
  }

  private List<Block> list() {
    return other.blocks().list(PageQuery.of("100", null)).items();
  }

  private List<EventType> events() {
    return nodes.stream().flatMap(each -> each.events().stream()).toList();
  }

  private void purge() {
    store()
        .inTransaction(
            entities -> new GuardPurge(entities, SETTINGS.blocks(), clock).deleteBatch());
  }

  private static Duration length(Block block) {
    return Duration.between(block.since(), block.until());
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within two seconds");
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static void assertRefused(Problem problem, Runnable attempt) {
    assertEquals(problem, assertThrows(Refusal.class, attempt::run).problem());
  }

  private static int count(String fromWhere) throws SQLException {
    try (Connection connection = store().database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + fromWhere)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = store().database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}

package dev.signet.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Measures what a request costs the server, beside what the cryptography alone costs. CPU time of
 * the server process is the figure to compare: the load generator shares the cores, so rates and
 * latencies are worse than they would be from another machine. What is compared takes turns, so
 * that a machine that gets slower for a while does so for both.
 */
public final class Benchmark {
  private static final RawCost.Parameters DEFAULT = new RawCost.Parameters(19_456, 2);
  private static final RawCost.Parameters SMALL = new RawCost.Parameters(7_168, 5);

  /** Enough to keep all cores busy, and few enough to be admitted to the hashing. */
  private static final int USERS = 8;

  /** Far more logins at a time than are admitted to the hashing. */
  private static final int FLOOD = 64;

  private static final int TURNS = 5;

  private static final double LOGIN_TARGET = 0.95;
  private static final double PROTECTED_TARGET = 0.11;
  private static final double CHECK_TARGET = 0.04;
  private static final double GROWTH_TARGET = 1.05;
  private static final double REFUSAL_TARGET = 0.05;
  private static final double REVOCATIONS_TARGET = 1.05;
  private static final double FLOOD_TARGET = 100;
  private static final double TOKEN_TARGET = 0.2;
  private static final double TABLES_TARGET = 1.2;

  /** While a node reads its latest revocations again and again, lest it miss one. */
  private static final Duration OVERLAP = Duration.ofSeconds(15);

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Duration warmUp = Duration.parse(System.getProperty("bench.warmup"));
  private final Duration window = Duration.parse(System.getProperty("bench.window"));
  private final Duration soak = Duration.parse(System.getProperty("bench.soak"));
  private final boolean growth = Boolean.getBoolean("bench.growth");
  private final boolean tokensOnly = Boolean.getBoolean("bench.tokens");
  private final Duration turn = window.dividedBy(TURNS);
  private long failed;

  private Benchmark() {}

  /** Exits with 1 if any request failed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Configurator.setAllLevels("", Level.OFF);
    LogManager.getLogManager().reset(); // PostgreSQL's start
    Benchmark benchmark = new Benchmark();
    benchmark.run();
    if (benchmark.failed > 0) {
      benchmark.print(
          "%,d requests failed: the figures above are worth nothing.", benchmark.failed);
    }
    System.exit(benchmark.failed > 0 ? 1 : 0);
  }

  private void run() throws IOException, InterruptedException {
    print(
        "%d cores, Java %s, warm after %d s, %d s a figure",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        warmUp.toSeconds(),
        window.toSeconds());
    try (RawCost signatures = RawCost.ofSignature()) {
      signatures.measure(window);
      raw(signatures, signatures.measure(window));
    }
    if (!tokensOnly) {
      firstParty();
    }
    oauth("RSA", List.of());
    oauth("EC", List.of("-Dsignet.keys.algorithm=ES256"));
  }

  private void firstParty() throws IOException, InterruptedException {
    try (Server server = Server.start(DEFAULT)) {
      Load load = new Load(server);
      String token = server.register();
      Call hello = Call.get("hello", "/api/health/live", USERS);
      Call protectedGet = Call.get("protected", "/api/protected", USERS, token);
      Call me = Call.get("me", "/api/me", USERS, token);
      List<Call> mix =
          List.of(
              hello.withUsers(2),
              protectedGet.withUsers(2),
              me.withUsers(2),
              Call.login(1),
              Call.register(1));
      warmUp(load, mix);
      Server.Memory warm = server.memory();

      header();
      Map<Call, Load.Result> gets = takeTurns(load, List.of(hello, protectedGet, me));
      gets.forEach(this::row);
      double cost = gets.get(protectedGet).cpuMillis();
      double check = cost - gets.get(hello).cpuMillis();
      takeTurns(load, List.of(Call.register(USERS))).forEach(this::row);
      login(load, DEFAULT);
      target(
          "protected: %.3f ms of CPU".formatted(cost),
          cost <= PROTECTED_TARGET,
          "at most %.2f ms".formatted(PROTECTED_TARGET));
      target(
          "protected: hello and %.3f ms of CPU".formatted(check),
          check <= CHECK_TARGET,
          "and at most %.2f ms".formatted(CHECK_TARGET));
      flood(load, List.of(hello.withUsers(2), me.withUsers(2)));
      refusals(server);
      memory(server, load, mix, warm);
    }
    try (Server server = Server.start(SMALL)) {
      Load load = new Load(server);
      server.register();
      header();
      login(load, SMALL);
    }
    onPostgres();
  }

  private void onPostgres() throws IOException, InterruptedException {
    try (Postgres postgres = Postgres.start();
        Server server = Server.start(DEFAULT, postgres.settings())) {
      Load load = new Load(server);
      Call me = Call.get("me", "/api/me", USERS, server.register());
      RefreshTokens tokens = new RefreshTokens();
      for (int i = 0; i < USERS; i++) {
        tokens.keep(server.post("/api/login", Server.CREDENTIALS).body());
      }
      Call refresh = Call.refresh(USERS, tokens);
      warmUp(load, List.of(me, refresh));
      print("%nOn PostgreSQL");
      header();
      refresh(load, refresh);
      revocations(load, me, new Revocations(server, postgres, server.logIn()));
    }
  }

  /**
   * What tokens cost OAuth clients beside the signature; with {@code bench.growth}, also with
   * tables as large as those of a big installation.
   */
  private void oauth(String keys, List<String> settings) throws IOException, InterruptedException {
    try (Postgres postgres = Postgres.start();
        Server server =
            Server.start(
                DEFAULT, Stream.concat(postgres.settings().stream(), settings.stream()).toList());
        RawCost signatures = RawCost.ofSignature(keys)) {
      Load load = new Load(server);
      Grants grants = new Grants(postgres);
      grants.fill();
      List<Call> calls =
          List.of(grants.clientCredentials(USERS), grants.code(USERS), grants.refresh(USERS));
      // A few hundred a second: it takes long until all that they run through is compiled.
      for (int i = 0; i < 2; i++) {
        warmUp(load, calls);
      }
      signatures.measure(window);
      print("%nOAuth clients on PostgreSQL, %s keys", keys);
      header();
      Map<Call, Load.Result> empty = tokens(load, signatures, calls);
      try (RawCost rotations = RawCost.ofRotation(postgres)) {
        rotations.measure(warmUp.dividedBy(5));
        raw(rotations, rotations.measure(window));
      }
      if (growth) {
        grants.grow();
        count(load.run(window, calls));
        Map<Call, Load.Result> full = tokens(load, signatures, calls);
        for (Call call : calls) {
          double times = full.get(call).cpuMillis() / empty.get(call).cpuMillis();
          target(
              "%s with 1,000,000 users, 10,000 clients, 5,000,000 refresh tokens: CPU × %.2f"
                  .formatted(call.name(), times),
              times <= TABLES_TARGET,
              "at most × %.1f".formatted(TABLES_TARGET));
        }
      }
    }
  }

  private Map<Call, Load.Result> tokens(Load load, RawCost signatures, List<Call> calls)
      throws IOException {
    Map<Call, Load.Result> results = new LinkedHashMap<>();
    RawCost.Cost signature = RawCost.Cost.NONE;
    for (int i = 0; i < TURNS; i++) {
      signature = signature.plus(signatures.measure(turn));
      for (Call call : calls) {
        results.merge(call, load.run(turn, List.of(call)), Load.Result::plus);
      }
    }
    results.forEach(this::row);
    raw(signatures, signature);
    double raw = signature.cpuMillis();
    results.forEach(
        (call, result) ->
            target(
                "%s: one signature and %.3f ms of CPU"
                    .formatted(call.name(), result.cpuMillis() - raw),
                result.cpuMillis() - raw <= TOKEN_TARGET,
                "and at most %.1f ms".formatted(TOKEN_TARGET)));
    return results;
  }

  /** One call after the other, or the slow ones would leave too little time to the quick ones. */
  private void warmUp(Load load, List<Call> calls) {
    Duration turn = warmUp.dividedBy((long) TURNS * calls.size());
    for (int i = 0; i < TURNS; i++) {
      calls.forEach(call -> count(load.run(turn, List.of(call.withUsers(USERS)))));
    }
  }

  private Map<Call, Load.Result> takeTurns(Load load, List<Call> calls) {
    Map<Call, Load.Result> results = new LinkedHashMap<>();
    for (int i = 0; i < TURNS; i++) {
      for (Call call : calls) {
        results.merge(call, load.run(turn, List.of(call)), Load.Result::plus);
      }
    }
    return results;
  }

  private void login(Load load, RawCost.Parameters parameters) throws IOException {
    Call call = Call.login(USERS);
    // There are so few of them that what they run through is compiled late.
    count(load.run(warmUp, List.of(call)));
    Load.Result login = Load.Result.none();
    RawCost.Cost hash = RawCost.Cost.NONE;
    try (RawCost hashes = RawCost.ofHash(parameters)) {
      hashes.measure(window);
      for (int i = 0; i < TURNS; i++) {
        hash = hash.plus(hashes.measure(turn));
        login = login.plus(load.run(turn, List.of(call)));
      }
      row(call, login);
      raw(hashes, hash);
    }
    double ratio = login.rate() / hash.rate();
    target(
        "login, %s: %.1f %% of the rate of raw hashes (by CPU %.1f %%)"
            .formatted(parameters, ratio * 100, hash.cpuMillis() / login.cpuMillis() * 100),
        ratio >= LOGIN_TARGET,
        "at least %.0f %%".formatted(LOGIN_TARGET * 100));
  }

  /** A new pair of tokens: what issuing costs where no password is hashed. */
  private void refresh(Load load, Call call) throws IOException {
    Load.Result refresh = Load.Result.none();
    RawCost.Cost signature = RawCost.Cost.NONE;
    try (RawCost signatures = RawCost.ofSignature()) {
      signatures.measure(window);
      for (int i = 0; i < TURNS; i++) {
        signature = signature.plus(signatures.measure(turn));
        refresh = refresh.plus(load.run(turn, List.of(call)));
      }
      row(call, refresh);
      raw(signatures, signature);
    }
    print("refresh: one signature and %.3f ms of CPU", refresh.cpuMillis() - signature.cpuMillis());
  }

  /** Before, with and after, so that a machine that gets slower does not count. */
  private void revocations(Load load, Call me, Revocations revocations)
      throws IOException, InterruptedException {
    Load.Result none = load.run(window, List.of(me));
    revocations.publish(window.plus(OVERLAP.multipliedBy(3)));
    count(load.run(OVERLAP, List.of(me)));
    Load.Result many = load.run(window, List.of(me));
    revocations.awaitEnd();
    none = none.plus(load.run(window, List.of(me)));
    row(me, none);
    row(me.named("me (many)"), many);
    double growth = many.cpuMillis() / none.cpuMillis();
    target(
        "me with %,d live revocations: CPU × %.2f".formatted(Revocations.NUMBER, growth),
        growth <= REVOCATIONS_TARGET,
        "at most × %.2f".formatted(REVOCATIONS_TARGET));
  }

  /** What others notice of logins most of which are refused, for lack of room. */
  private void flood(Load load, List<Call> others) {
    List<Call> all = new ArrayList<>(others);
    all.add(Call.login(FLOOD));
    load.runEach(warmUp.dividedBy(2), all); // Nothing has been refused so far.
    Map<Call, Load.Result> results = load.runEach(window, all);
    for (Call call : others) {
      Load.Result result = results.get(call);
      count(result);
      target(
          "%s beside %d logins at a time: p99 %.1f ms"
              .formatted(call.path(), FLOOD, result.millis(99)),
          result.millis(99) <= FLOOD_TARGET,
          "at most %.0f ms".formatted(FLOOD_TARGET));
    }
  }

  private void refusals(Server server) throws IOException, InterruptedException {
    Refusals refusals = Refusals.measure(server);
    target(
        "a refused login takes %.1f ms with a wrong password, %.1f ms for an unknown user (medians)"
            .formatted(refusals.wrongPassword(), refusals.unknownUser()),
        refusals.difference() <= REFUSAL_TARGET,
        "within %.0f %%".formatted(REFUSAL_TARGET * 100));
  }

  private void memory(Server server, Load load, List<Call> mix, Server.Memory warm)
      throws IOException, InterruptedException {
    Map<String, Server.Memory> samples = new LinkedHashMap<>();
    samples.put("warm", warm);
    samples.put("after the figures", server.memory());
    double growth = 1;
    if (!soak.isZero()) {
      count(load.run(soak.dividedBy(2), mix));
      Server.Memory middle = server.memory();
      count(load.run(soak.dividedBy(2), mix));
      Server.Memory end = server.memory();
      samples.put("in the middle of " + soak, middle);
      samples.put("at the end", end);
      growth = end.heap() / middle.heap();
    }
    print("%nMemory in MiB%20s %10s", "heap, collected", "process");
    samples.forEach(
        (when, memory) -> print("%-23s %10.0f %10.0f", when, memory.heap(), memory.resident()));
    if (!soak.isZero()) {
      target(
          "second half of the soak: heap × %.2f".formatted(growth),
          growth <= GROWTH_TARGET,
          "at most × %.2f".formatted(GROWTH_TARGET));
    }
  }

  private void header() {
    print(
        "%n%-10s %12s %10s %9s %9s %9s %9s %14s",
        "", "requests/s", "CPU ms", "p50 ms", "p95 ms", "p99 ms", "failed", "generator CPU");
  }

  private void row(Call call, Load.Result result) {
    count(result);
    print(
        "%-10s %,12.1f %10.3f %9.2f %9.2f %9.2f %9d %14.3f",
        call.name(),
        result.rate(),
        result.cpuMillis(),
        result.millis(50),
        result.millis(95),
        result.millis(99),
        result.failed(),
        result.generatorMillis());
  }

  private void raw(RawCost raw, RawCost.Cost cost) {
    print(
        "%s by itself: %.3f ms of CPU, %,.1f a second", raw.what(), cost.cpuMillis(), cost.rate());
  }

  private void count(Load.Result result) {
    failed += result.failed();
  }

  private void target(String what, boolean met, String target) {
    print("%s  %s (target: %s)", met ? "met   " : "MISSED", what, target);
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}

package dev.signet.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Measures what a request costs the server, beside the cost that the cryptography alone has. CPU
 * time of the server process is the figure to compare: the load generator shares the cores, so
 * rates and latencies are worse than they would be from another machine.
 */
public final class Benchmark {
  private static final RawCost.Parameters DEFAULT = new RawCost.Parameters(19_456, 2);
  private static final RawCost.Parameters SMALL = new RawCost.Parameters(7_168, 5);

  /** Enough to keep all cores busy, and few enough to be admitted to the hashing. */
  private static final int USERS = 8;

  private static final double LOGIN_TARGET = 0.95;
  private static final double PROTECTED_TARGET = 0.11;
  private static final double CHECK_TARGET = 0.04;
  private static final double GROWTH_TARGET = 1.05;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Duration warmUp = Duration.parse(System.getProperty("bench.warmup"));
  private final Duration window = Duration.parse(System.getProperty("bench.window"));
  private final Duration soak = Duration.parse(System.getProperty("bench.soak"));
  private long failed;

  private Benchmark() {}

  /** Exits with 1 if any request failed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Configurator.setAllLevels("", Level.OFF);
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
    RawCost.Cost signature = RawCost.ofSignature(window);
    print(
        "One RSA-2048 signature: %.2f ms of CPU, %,.0f a second",
        signature.cpuMillis(), signature.rate());
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
      count(load.run(warmUp, mix));
      Server.Memory before = server.memory();
      header();
      Load.Result bare = measure(load, hello);
      Load.Result checked = measure(load, protectedGet);
      measure(load, me);
      measure(load, Call.register(USERS));
      measureLogin(load, DEFAULT);
      target(
          "protected costs %.3f ms of CPU".formatted(checked.cpuMillis()),
          checked.cpuMillis() <= PROTECTED_TARGET,
          "at most %.2f".formatted(PROTECTED_TARGET));
      double check = checked.cpuMillis() - bare.cpuMillis();
      target(
          "protected costs %.3f ms more than hello".formatted(check),
          check <= CHECK_TARGET,
          "at most %.2f".formatted(CHECK_TARGET));
      memory(server, load, mix, before);
    }
    try (Server server = Server.start(SMALL)) {
      Load load = new Load(server);
      server.register();
      count(load.run(warmUp.dividedBy(2), List.of(Call.login(USERS))));
      header();
      measureLogin(load, SMALL);
    }
  }

  private void measureLogin(Load load, RawCost.Parameters parameters)
      throws IOException, InterruptedException {
    RawCost.Cost hash = RawCost.ofHash(parameters, window);
    Load.Result login = measure(load, Call.login(USERS));
    print(
        "One Argon2id hash, %s, by itself: %.2f ms of CPU, %.1f a second",
        parameters, hash.cpuMillis(), hash.rate());
    double ratio = login.rate() / hash.rate();
    target(
        "login, %s: %.1f %% of the raw hash rate (by CPU: %.1f %%)"
            .formatted(parameters, ratio * 100, hash.cpuMillis() / login.cpuMillis() * 100),
        ratio >= LOGIN_TARGET,
        "at least %.0f %%".formatted(LOGIN_TARGET * 100));
  }

  private void memory(Server server, Load load, List<Call> mix, Server.Memory before)
      throws IOException, InterruptedException {
    List<Server.Memory> samples = new ArrayList<>(List.of(before, server.memory()));
    if (!soak.isZero()) {
      for (int half = 0; half < 2; half++) {
        count(load.run(soak.dividedBy(2), mix));
        samples.add(server.memory());
      }
    }
    print(
        "%nMemory, after a full collection: when warm, after the figures%s",
        soak.isZero() ? "" : ", in the middle and at the end of " + soak);
    for (Server.Memory sample : samples) {
      print("  heap %4.0f MiB, process %4.0f MiB", sample.heap(), sample.resident());
    }
    if (!soak.isZero()) {
      double growth = samples.get(3).heap() / samples.get(2).heap();
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

  private Load.Result measure(Load load, Call call) {
    Load.Result result = load.run(window, List.of(call));
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
    return result;
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

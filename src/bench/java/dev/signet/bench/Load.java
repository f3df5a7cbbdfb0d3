package dev.signet.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hyperfoil.api.config.BenchmarkBuilder;
import io.hyperfoil.api.statistics.StatisticsSnapshot;
import io.hyperfoil.core.handlers.DefragProcessor;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.http.config.HttpPluginBuilder;
import io.hyperfoil.http.config.Protocol;
import io.hyperfoil.http.steps.HttpRequestStepBuilder;
import io.hyperfoil.http.steps.HttpStepCatalog;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts load on the server and counts what comes back. By Hyperfoil: it runs within this JVM, costs
 * less CPU than what it measures, and keeps latencies in microseconds, where Gatling and JMeter
 * keep milliseconds.
 */
final class Load {
  private final Server server;

  Load(Server server) {
    this.server = server;
  }

  /** What came back for one request, or for all of a mix. */
  record Result(StatisticsSnapshot answers, double seconds, double serverCpu, double generatorCpu) {
    static Result none() {
      return new Result(new StatisticsSnapshot(), 0, 0, 0);
    }

    Result plus(Result other) {
      StatisticsSnapshot sum = answers.clone();
      sum.add(other.answers);
      return new Result(
          sum,
          seconds + other.seconds,
          serverCpu + other.serverCpu,
          generatorCpu + other.generatorCpu);
    }

    /** With what was measured at the same time. */
    Result beside(Result other) {
      StatisticsSnapshot sum = answers.clone();
      sum.add(other.answers);
      return new Result(sum, seconds, serverCpu, generatorCpu);
    }

    long good() {
      return answers.responseCount - (long) answers.invalid;
    }

    /** Answers other than 2xx, lost connections, time-outs. */
    long failed() {
      return answers.requestCount - good();
    }

    double rate() {
      return good() / seconds;
    }

    double millis(double percentile) {
      return answers.histogram.getValueAtPercentile(percentile) / 1e6;
    }

    double cpuMillis() {
      return serverCpu * 1000 / good();
    }

    double generatorMillis() {
      return generatorCpu * 1000 / good();
    }
  }

  /** Repeats the calls side by side, and counts them together. */
  Result run(Duration time, List<Call> calls) {
    return runEach(time, calls).values().stream().reduce(Result::beside).orElse(Result.none());
  }

  /** Repeats the calls side by side. The CPU time of each is that of all. */
  Map<Call, Result> runEach(Duration time, List<Call> calls) {
    BenchmarkBuilder benchmark = BenchmarkBuilder.builder().name("signet").threads(1);
    benchmark
        .addPlugin(HttpPluginBuilder::new)
        .http()
        .protocol(Protocol.HTTP)
        .host(Server.HOST)
        .port(server.port())
        .sharedConnections(calls.stream().mapToInt(Call::users).sum());
    Busy busy = new Busy();
    calls.forEach(call -> add(call, time, benchmark, busy));

    Map<String, StatisticsSnapshot> answers = new HashMap<>();
    double serverCpu = server.cpuSeconds();
    double generatorCpu = cpuSeconds();
    new LocalSimulationRunner(
            benchmark.build(),
            (phase, step, metric, snapshot, done) -> {
              synchronized (answers) {
                answers
                    .computeIfAbsent(phase.name(), name -> new StatisticsSnapshot())
                    .add(snapshot);
              }
            },
            null,
            null)
        .run();
    synchronized (answers) {
      double serverUsed = server.cpuSeconds() - serverCpu;
      double generatorUsed = cpuSeconds() - generatorCpu;
      Map<Call, Result> results = new LinkedHashMap<>();
      for (Call call : calls) {
        results.put(
            call, new Result(answers.get(call.name()), busy.seconds(), serverUsed, generatorUsed));
      }
      return results;
    }
  }

  private static void add(Call call, Duration time, BenchmarkBuilder benchmark, Busy busy) {
    HttpRequestStepBuilder request =
        benchmark
            .addPhase(call.name())
            .always(call.users())
            .duration(time.toMillis())
            .scenario()
            .initialSequence(call.name())
            .step(HttpStepCatalog.SC)
            .httpRequest(call.method())
            .path(call.path());
    call.authorization().ifPresent(value -> request.headers().header("Authorization", value));
    call.body()
        .ifPresent(
            body ->
                request
                    .body(
                        (session, connection) ->
                            ByteBufUtil.writeUtf8(connection.context().alloc(), body.get()))
                    .headers()
                    .header("Content-Type", call.type()));
    call.reader()
        .ifPresent(
            reader ->
                request
                    .handler()
                    .body(
                        fragmented ->
                            DefragProcessor.of(
                                (session, data, offset, length, last) ->
                                    reader.accept(data.toString(offset, length, UTF_8)),
                                fragmented)));
    request.handler().status((answer, status) -> busy.answered(answer.startTimestampNanos()));
  }

  /** From the first request to the last answer; only Hyperfoil's one thread writes. */
  private static final class Busy {
    private volatile long first;
    private volatile long last;

    void answered(long start) {
      if (last == 0) {
        first = start;
      }
      last = System.nanoTime();
    }

    double seconds() {
      return (last - first) / 1e9;
    }
  }

  private static double cpuSeconds() {
    return Server.cpuSeconds(ProcessHandle.current());
  }
}

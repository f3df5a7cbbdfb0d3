package dev.signet.base.metrics;

import dev.signet.base.wiring.Shared;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * Counters and timers of this node since its start. The names are the same on all servers. Labels
 * have values from closed lists: never a user, an address or a part of a path, of which an attacker
 * could create any number.
 */
@Shared
public class Metrics {
  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();

  private final Counter events =
      counter(
          "signet_security_events_total",
          "Security events recorded in the audit log",
          "type",
          "outcome",
          "reason");
  private final Counter issued =
      counter("signet_tokens_issued_total", "Access tokens issued", "grant");
  private final Counter rejected =
      counter(
          "signet_tokens_rejected_total",
          "Access tokens presented to Signet and rejected",
          "reason");
  private final Counter failed =
      counter(
          "signet_failed_attempts_total",
          "Failed attempts to guess credentials, counted per source or per account",
          "counted_for");
  private final Counter hashesRefused =
      counter(
          "signet_hashing_refused_total", "Password hashes rejected because too many were waiting");
  private final Histogram hashes =
      histogram(
          "signet_password_hash_seconds",
          "Duration of a password hash, excluding the wait for it",
          .01,
          .025,
          .05,
          .1,
          .25,
          .5,
          1,
          2.5);
  private final Histogram signatures =
      histogram(
          "signet_signature_seconds",
          "Duration of signing a token",
          .000_25,
          .000_5,
          .001,
          .002_5,
          .005,
          .01,
          .025,
          .1);
  private final Histogram requests =
      histogram(
          "signet_http_request_seconds",
          "Duration of a request, from the first filter to the last",
          .001,
          .002_5,
          .005,
          .01,
          .025,
          .05,
          .1,
          .25,
          .5,
          1,
          2.5,
          5,
          10);

  /** The counters of responses, by the first digit of the status code. */
  private final CounterDataPoint[] answers = answers();

  /** Creates all meters, including those of the JVM. */
  public Metrics() {
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmThreadsMetrics.builder().register(registry);
    ProcessMetrics.builder().register(registry);
  }

  /** Counts a security event. All arguments are from closed lists. */
  public void event(String type, String outcome, String reason) {
    events.labelValues(type, outcome, reason).inc();
  }

  /**
   * Counts an access token.
   *
   * @param grant the grant type, from a closed list
   */
  public void tokenIssued(String grant) {
    issued.labelValues(grant).inc();
  }

  /**
   * Counts an access token that was refused.
   *
   * @param reason from a closed list
   */
  public void tokenRejected(String reason) {
    rejected.labelValues(reason).inc();
  }

  /**
   * Counts a failed attempt to guess a credential.
   *
   * @param countedFor from a closed list
   */
  public void attemptFailed(String countedFor) {
    failed.labelValues(countedFor).inc();
  }

  /** Records the duration of a password hash. */
  public void hashed(long nanos) {
    hashes.observe(nanos / NANOS);
  }

  /** Counts a rejected password hash. */
  public void hashRefused() {
    hashesRefused.inc();
  }

  /** Records the duration of a signature. */
  public void signed(long nanos) {
    signatures.observe(nanos / NANOS);
  }

  /** Counts a response by its status code. */
  public void answered(int status) {
    answers[status < 100 || status > 599 ? 0 : status / 100].inc();
  }

  /** Records the duration of a request. */
  public void requested(long nanos) {
    requests.observe(nanos / NANOS);
  }

  /**
   * Adds a gauge that is read at each scrape.
   *
   * @param name a unique name with the prefix {@code signet_} and the unit as suffix
   * @param value must be fast and must not fail
   */
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /**
   * Formats all metrics.
   *
   * @param accept the {@code Accept} header, which may be null: OpenMetrics if it requests that,
   *     otherwise the text format of Prometheus, version 0.0.4
   */
  public Exposition expose(String accept) {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream body = new ByteArrayOutputStream(16_384);
    try {
      writer.write(body, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Exposition(writer.getContentType(), body.toString(StandardCharsets.UTF_8));
  }

  /** All metrics at one time, as text. */
  public record Exposition(String contentType, String body) {}

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private Histogram histogram(String name, String help, double... bounds) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .classicOnly()
        .classicUpperBounds(bounds)
        .withoutExemplars()
        .register(registry);
  }

  private CounterDataPoint[] answers() {
    Counter answered =
        counter("signet_http_requests_total", "Requests by status class of the response", "status");
    return Stream.of("other", "1xx", "2xx", "3xx", "4xx", "5xx")
        .map(answered::labelValues)
        .toArray(CounterDataPoint[]::new);
  }
}

package dev.signet.base.metrics;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  @Test
  void eventsAreCountedByTypeOutcomeAndReason() {
    metrics.event("login_failed", "failure", "unknown_user");
    metrics.event("login_failed", "failure", "unknown_user");
    metrics.event("logged_in", "success", "none");

    assertHas(
        "signet_security_events_total{outcome=\"failure\",reason=\"unknown_user\","
            + "type=\"login_failed\"} 2.0");
    assertHas(
        "signet_security_events_total{outcome=\"success\",reason=\"none\","
            + "type=\"logged_in\"} 1.0");
  }

  @Test
  void tokensAreCountedByGrantAndByReason() {
    metrics.tokenIssued("password");
    metrics.tokenRejected("expired");

    assertHas("signet_tokens_issued_total{grant=\"password\"} 1.0");
    assertHas("signet_tokens_rejected_total{reason=\"expired\"} 1.0");
  }

  @Test
  void answersAreCountedByTheirClassAndThereFromTheStart() {
    metrics.answered(200);
    metrics.answered(204);
    metrics.answered(404);
    metrics.answered(0);
    metrics.answered(999);

    assertHas("signet_http_requests_total{status=\"2xx\"} 2.0");
    assertHas("signet_http_requests_total{status=\"4xx\"} 1.0");
    assertHas("signet_http_requests_total{status=\"5xx\"} 0.0");
    assertHas("signet_http_requests_total{status=\"other\"} 2.0");
  }

  @Test
  void timesAreInSeconds() {
    metrics.hashed(60_000_000);
    metrics.signed(700_000);
    metrics.requested(3_000_000);

    assertHas("signet_password_hash_seconds_bucket{le=\"0.05\"} 0");
    assertHas("signet_password_hash_seconds_bucket{le=\"0.1\"} 1");
    assertHas("signet_password_hash_seconds_sum 0.06");
    assertHas("signet_signature_seconds_sum 7.0E-4");
    assertHas("signet_http_request_seconds_bucket{le=\"0.005\"} 1");
  }

  @Test
  void gaugeIsReadAtEachScrape() {
    AtomicInteger blocked = new AtomicInteger();
    metrics.gauge("signet_blocked_sources", "Sources that are blocked", blocked::get);

    assertHas("signet_blocked_sources 0.0");
    blocked.set(7);
    assertHas("signet_blocked_sources 7.0");
    assertThrows(
        IllegalArgumentException.class,
        () -> metrics.gauge("signet_blocked_sources", "Again", blocked::get));
  }

  @Test
  void jvmIsDescribedToo() {
    assertHas("jvm_memory_used_bytes{area=\"heap\"}");
    assertHas("jvm_gc_collection_seconds_count{");
    assertHas("jvm_threads_current ");
    assertHas("process_start_time_seconds ");
  }

  @Test
  void openMetricsIsForWhoAsksForIt() {
    assertTrue(metrics.expose(null).contentType().startsWith("text/plain; version=0.0.4"));
    assertTrue(metrics.expose("text/html,*/*").contentType().startsWith("text/plain"));
    Metrics.Exposition open =
        metrics.expose("application/openmetrics-text;version=1.0.0,*/*;q=0.1");

    assertTrue(open.contentType().startsWith("application/openmetrics-text"), open.contentType());
    assertTrue(open.body().endsWith("# EOF\n"));
    assertFalse(text().contains("# EOF"));
  }

  private void assertHas(String line) {
    assertTrue(text().contains("\n" + line), this::text);
  }

  private String text() {
    return metrics.expose(null).body();
  }
}

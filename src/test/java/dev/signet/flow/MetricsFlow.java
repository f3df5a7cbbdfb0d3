package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static dev.signet.flow.Problems.assertTokenRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A monitoring system reads the figures. */
interface MetricsFlow extends Flow {
  @Test
  default void metricsAreClosedByDefault() {
    assertTokenMissing(client().get("/metrics"));
    assertProblem(403, "forbidden", TestUsers.loggedIn(client()).client().get("/metrics"));
    for (String wrong :
        List.of(
            "x", ServerSession.METRICS_SECRET + "x", ServerSession.METRICS_SECRET.substring(1))) {
      assertTokenRefused(client().withToken(wrong).get("/metrics"));
    }
  }

  @Test
  default void administratorsAndTheSecretOpenTheMetrics() {
    for (Client reader : List.of(TestUsers.administrator(client()), monitoring())) {
      Client.Reply reply = reader.get("/metrics");

      assertEquals(200, reply.status(), reply::toString);
      assertTrue(reply.body().contains("\njvm_memory_used_bytes"), reply::toString);
      assertEquals(Optional.of("no-store"), reply.header("Cache-Control"));
      String type = reply.header("Content-Type").orElse("");
      assertTrue(type.startsWith("text/plain") && type.contains("version=0.0.4"), type);
    }
  }

  @Test
  default void secretOfTheMetricsOpensNothingElse() {
    for (String path : List.of("/api/protected", "/api/users", "/api/health/live", "/")) {
      assertTokenRefused(monitoring().get(path));
    }
  }

  @Test
  default void openMetricsIsForWhoAsksForIt() {
    Client.Reply reply =
        monitoring()
            .send(
                monitoring()
                    .request("/metrics")
                    .setHeader("Accept", "application/openmetrics-text; version=1.0.0"));

    assertTrue(
        reply.header("Content-Type").orElse("").startsWith("application/openmetrics-text"),
        reply::toString);
    assertTrue(reply.body().endsWith("# EOF\n"), reply::toString);
  }

  @Test
  default void valuesGrowWithWhatHappens() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    String before = figures();
    TestUsers.Tokens tokens = TestUsers.tokens(client(), ada);
    TestUsers.refresh(client(), tokens.refresh());
    client().withToken("x").get("/api/protected");
    client().get("/unknown");
    TestUsers.login(client(), ada.username(), "a wrong password");
    String after = figures();

    for (String grown :
        List.of(
            "signet_tokens_issued_total{grant=\"password\"}",
            "signet_tokens_issued_total{grant=\"refresh\"}",
            "signet_security_events_total{outcome=\"failure\",reason=\"wrong_password\","
                + "type=\"login_failed\"}",
            "signet_tokens_rejected_total{reason=\"malformed\"}",
            "signet_password_hash_seconds_count",
            "signet_signature_seconds_count",
            "signet_http_requests_total{status=\"2xx\"}",
            "signet_http_requests_total{status=\"4xx\"}",
            "signet_http_request_seconds_count")) {
      assertTrue(value(after, grown) > value(before, grown), grown);
    }
    for (String present :
        List.of(
            "signet_hashing_running",
            "signet_hashing_waiting",
            "signet_hashing_refused_total",
            "signet_blocked_sources",
            "signet_audit_queue",
            "process_start_time_seconds")) {
      assertTrue(value(after, present) >= 0, present);
    }
  }

  @Test
  default void metricsTellOfNobody() {
    String address = "203.0.113.77";
    TestUsers.Person ada = TestUsers.loggedIn(client().from(address));
    ada.client().get("/api/users/" + ada.id());
    TestUsers.login(client().from(address), ada.username(), "a wrong password");

    String figures = figures();
    for (String secret :
        List.of(ada.username(), ada.id(), address, "127.0.0.1", ServerSession.METRICS_SECRET)) {
      assertFalse(figures.contains(secret), secret);
    }
  }

  private String figures() {
    Client.Reply reply = monitoring().get("/metrics");
    assertEquals(200, reply.status(), reply::toString);
    return reply.body();
  }

  private Client monitoring() {
    return client().withToken(ServerSession.METRICS_SECRET);
  }

  /** Of one series; zero if it is not there yet, or below if no series of that name is. */
  private static double value(String figures, String series) {
    String name = series.replaceFirst("\\{.*", "");
    double known = figures.contains("\n" + name) ? 0 : -1;
    return figures
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElse(known);
  }
}

package dev.signet.endpoint.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.MetricsSettings;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.guard.Guard;
import dev.signet.domain.guard.TestGuard;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.mechanism.ScrapeSecret;
import jakarta.persistence.PersistenceException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class MetricsResourceTest {
  private static final String SECRET = "the-secret-of-the-scraper";
  private static final MetricsSettings SETTINGS = new MetricsSettings(Optional.of(SECRET), false);

  private final TestAudit audit = new TestAudit();

  @Test
  void wrongSecretIsAGuessAndRecorded() throws InvalidToken {
    TestGuard guard = new TestGuard();

    assertThrows(InvalidToken.class, () -> show(guard, "wrong"));
    assertEquals(1, guard.failures());
    assertEquals(List.of("metrics_refused wrong_secret -"), audit.lines());

    assertEquals(200, show(guard, SECRET));
    assertEquals(1, guard.failures());
  }

  /** Or its answers would tell which secret is right. */
  @Test
  void blockedSourceIsRefusedWithTheRightSecretToo() {
    TestGuard guard = new TestGuard();
    guard.block();

    for (String presented : List.of(SECRET, "wrong")) {
      Refusal refused = assertThrows(Refusal.class, () -> show(guard, presented));
      assertEquals(Problem.BLOCKED, refused.problem(), presented);
    }
  }

  @Test
  void rightSecretOpensTheMetricsWhileTheDatabaseIsAway() throws InvalidToken {
    PersistenceException away =
        new PersistenceException(new SQLTransientConnectionException("away"));
    TestGuard guard = new TestGuard();
    guard.breakWith(away);

    assertEquals(200, show(guard, SECRET));
    assertEquals(away, assertThrows(PersistenceException.class, () -> show(guard, "wrong")));
  }

  private int show(Guard guard, String secret) throws InvalidToken {
    JsonWebToken nobody = proxy(JsonWebToken.class, "", "");
    return TestWiring.make(
            MetricsResource.class,
            new Metrics(),
            SETTINGS,
            TestWiring.make(ScrapeSecret.class, SETTINGS),
            guard,
            audit.log(),
            nobody)
        .show(proxy(HttpServletRequest.class, "Authorization", "Bearer " + secret))
        .getStatus();
  }

  /** Whatever has one header and asks for the metrics, and knows nothing else. */
  private static <T> T proxy(Class<T> type, String header, String value) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getHeader" -> header.equals(arguments[0]) ? value : null;
                  case "getRequestURI" -> "/metrics";
                  case "getContextPath" -> "";
                  default -> null;
                }));
  }
}

package dev.signet.web.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.origin.Source;
import dev.signet.base.origin.Sources;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.value.Limit;
import dev.signet.base.settings.value.Rate;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.guard.TestLimits;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.browser.Cors;
import dev.signet.web.error.Problems;
import dev.signet.web.mechanism.EarlyAnswer;
import dev.signet.web.mechanism.TestTokens;
import dev.signet.web.route.TestHttp;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimiterTest {
  private static final Source ADAS = new Source("198.51.100.1");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Limiter limiter =
      new Limiter(
          TestLimits.of(
              Map.of(
                  Limit.API_SOURCE, new Rate(3, MINUTE),
                  Limit.API_ACCOUNT, new Rate(2, MINUTE),
                  Limit.LOGIN_SOURCE, new Rate(1, MINUTE))));
  private final TestHttp.Answer answer = new TestHttp.Answer();

  @Test
  void answerTellsItsPolicyAndWhatIsLeft() {
    assertEquals(Optional.empty(), count(TestHttp.request()));
    assertEquals("\"api-source\";q=3;w=60", answer.header("RateLimit-Policy"));
    assertEquals("\"api-source\";r=2;t=20", answer.header("RateLimit"));
  }

  @Test
  void tightestLimitDecidesWhatIsLeft() throws InvalidToken {
    HttpServletRequest request = TestHttp.request("Bearer " + TestTokens.adas());
    TestTokens.bearerAt(TestTokens.NOW).authenticate(request);

    assertEquals(Optional.empty(), count(request));
    assertEquals(
        "\"api-source\";q=3;w=60, \"api-account\";q=2;w=60", answer.header("RateLimit-Policy"));
    assertEquals("\"api-account\";r=1;t=30", answer.header("RateLimit"));
  }

  @Test
  void accountIsLimitedWhereverItsRequestsComeFrom() throws InvalidToken {
    Optional<Refusal> last = Optional.empty();
    for (String source : new String[] {"192.0.2.1", "192.0.2.2", "192.0.2.3"}) {
      HttpServletRequest request = TestHttp.request("Bearer " + TestTokens.adas());
      TestTokens.bearerAt(TestTokens.NOW).authenticate(request);
      last = limiter.count(request, answer.response(), new Source(source));
    }

    assertEquals(Problem.RATE_LIMITED, last.orElseThrow().problem());
    assertEquals("\"api-account\";r=0;t=60", answer.header("RateLimit"));
  }

  @Test
  void requestWithoutRoomIsRefusedWithTheTimeToWait() {
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.empty(), count(TestHttp.request()));
    }
    Refusal refusal = count(TestHttp.request()).orElseThrow();

    assertEquals(Problem.RATE_LIMITED, refusal.problem());
    assertEquals(Optional.of(Duration.ofSeconds(20)), refusal.retryAfter());
    assertEquals("\"api-source\";r=0;t=60", answer.header("RateLimit"));
  }

  @Test
  void requestIsCountedOnce() {
    HttpServletRequest request = TestHttp.request();
    for (int i = 0; i < 10; i++) {
      assertEquals(Optional.empty(), count(request));
    }
  }

  @Test
  void furtherLimitOfTheSourceIsToldAsWell() {
    HttpServletRequest request = TestHttp.request();
    count(request);
    limiter.check(request.getAttribute(Standing.NAME), Limit.LOGIN_SOURCE);

    assertEquals(
        "\"api-source\";q=3;w=60, \"login-source\";q=1;w=60", answer.header("RateLimit-Policy"));
    assertEquals("\"login-source\";r=0;t=60", answer.header("RateLimit"));
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () -> limiter.check(request.getAttribute(Standing.NAME), Limit.LOGIN_SOURCE));
    assertEquals(Problem.RATE_LIMITED, refusal.problem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/signet/api/health/live", "/signet/api/health/ready"})
  void healthIsNeverLimited(String path) {
    for (int i = 0; i < 10; i++) {
      assertEquals(Optional.empty(), count(TestHttp.request(path, true)));
    }
    assertNull(answer.header("RateLimit-Policy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/signet/api/health/../me", "/signet/api/health/live/../../me"})
  void whatOnlyLooksLikeHealthIsLimited(String path) {
    for (int i = 0; i < 3; i++) {
      count(TestHttp.request(path, true));
    }

    assertTrue(count(TestHttp.request(path, true)).isPresent());
  }

  /** The mechanism refuses them before the filter could count them. */
  @Test
  void badTokensCountToo() throws IOException {
    EarlyAnswer early =
        new EarlyAnswer(
            new Problems(TestTokens.SETTINGS),
            new Cors(TestTokens.ORIGINS),
            TestTokens.HEADERS,
            limiter,
            new RequestOrigin(TestWiring.make(Sources.class, TestTokens.SETTINGS.sources())),
            TestTokens.proofsAt(TestTokens.NOW, TestTokens.SETTINGS),
            new Metrics());
    for (int status : new int[] {401, 401, 401, 429}) {
      TestHttp.Answer refused = new TestHttp.Answer();
      early.refuse(
          new InvalidToken(InvalidToken.Reason.SIGNATURE),
          TestHttp.request("/signet/api/me", true),
          refused.response());

      assertEquals(status, refused.status());
      assertEquals("\"api-source\";q=3;w=60", refused.header("RateLimit-Policy"));
      assertTrue(refused.header("X-Request-Id").length() > 0);
      assertEquals(status == 429 ? "20" : null, refused.header("Retry-After"));
    }
  }

  private Optional<Refusal> count(HttpServletRequest request) {
    return limiter.count(request, answer.response(), ADAS);
  }
}

package dev.signet.web.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Settings;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.web.mechanism.TestTokens;
import dev.signet.web.route.TestHttp;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {
  private static final String CHALLENGE = "WWW-Authenticate";

  private static final String DPOP = "DPoP algs=\"ES256 PS256 RS256\"";
  private static final String BOTH_SCHEMES = "Bearer realm=\"Signet\", " + DPOP;

  private final Problems problems = new Problems(TestTokens.SETTINGS);

  @Test
  void problemHasTheMembersOfTheContract() throws Exception {
    TestHttp.Answer answer =
        written(
            problems.of(
                Refusal.of(
                    Problem.INVALID_INPUT,
                    "Some of it is wrong.",
                    List.of(new FieldError("old_password", "is wrong")))));

    assertEquals(400, answer.status());
    assertEquals("application/problem+json", answer.header("Content-Type"));
    assertEquals(
        "{\"type\":\"https://id.example.org/docs/problems.html#invalid-input\","
            + "\"title\":\"The input is not valid\",\"status\":400,"
            + "\"detail\":\"Some of it is wrong.\","
            + "\"errors\":[{\"field\":\"old_password\",\"message\":\"is wrong\"}]}",
        answer.body());
    assertEquals(
        String.valueOf(answer.body().getBytes(StandardCharsets.UTF_8).length),
        answer.header("Content-Length"));
    assertTrue(answer.isCommitted());
  }

  @Test
  void jaxRsAndServletsAnswerAlike() throws Exception {
    ProblemAnswer problem = problems.of(new InvalidToken(Reason.SIGNATURE), false);
    TestHttp.Answer servlet = written(problem);

    try (Response response = problem.toResponse()) {
      assertEquals(servlet.status(), response.getStatus());
      assertEquals(servlet.header("Content-Type"), response.getMediaType().toString());
      assertEquals(servlet.header(CHALLENGE), response.getHeaderString(CHALLENGE));
      assertEquals(
          servlet.body(), new String((byte[]) response.getEntity(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void withoutATokenTheChallengeHasNoError() throws Exception {
    assertEquals(BOTH_SCHEMES, written(problems.unauthenticated()).header(CHALLENGE));
    assertEquals(BOTH_SCHEMES, written(problems.of(401)).header(CHALLENGE));
  }

  @Test
  void wrongPasswordIsChallengedWithoutAnError() throws Exception {
    Refusal refusal = new Refusal(Problem.INVALID_CREDENTIALS, "No.");

    assertEquals(BOTH_SCHEMES, written(problems.of(refusal)).header(CHALLENGE));
  }

  @Test
  void refusedTokenIsNamedInTheChallenge() throws Exception {
    TestHttp.Answer answer = written(problems.of(new InvalidToken(Reason.EXPIRED), false));

    assertEquals(401, answer.status());
    assertEquals(
        "Bearer realm=\"Signet\", error=\"invalid_token\","
            + " error_description=\"The access token has expired.\", "
            + DPOP,
        answer.header(CHALLENGE));
  }

  /** What exactly was wrong would help a forger. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EXPIRED", "PROOF", "NONCE"})
  void onlyAnExpiredTokenLearnsWhy(Reason reason) throws Exception {
    TestHttp.Answer answer = written(problems.of(new InvalidToken(reason), false));
    TestHttp.Answer other = written(problems.of(new InvalidToken(Reason.SIGNATURE), false));

    assertEquals(other.body(), answer.body());
    assertEquals(other.header(CHALLENGE), answer.header(CHALLENGE));
    assertNotEquals(
        answer.body(), written(problems.of(new InvalidToken(Reason.EXPIRED), false)).body());
  }

  /** RFC 9449, sections 7.1 and 9. */
  @ParameterizedTest
  @CsvSource({
    "PROOF, invalid_dpop_proof",
    "NONCE, use_dpop_nonce",
    "SIGNATURE, invalid_token",
    "EXPIRED, invalid_token"
  })
  void clientWithAProofIsChallengedForAnother(Reason reason, String error) throws Exception {
    String challenge = written(problems.of(new InvalidToken(reason), true)).header(CHALLENGE);

    assertTrue(challenge.startsWith(DPOP + ", error=\"" + error + "\""), challenge);
  }

  @Test
  void containerThatChecksTokensTakesNoProofs() throws Exception {
    Problems ofContainer =
        new Problems(
            Settings.read(
                key ->
                    key.equals("signet.token.verifier")
                        ? Optional.of("container")
                        : Optional.empty()));

    assertEquals(
        "Bearer realm=\"Signet\"", written(ofContainer.unauthenticated()).header(CHALLENGE));
  }

  @ParameterizedTest
  @EnumSource
  void only401IsChallenged(Problem problem) throws Exception {
    TestHttp.Answer answer = written(problems.of(problem, "Detail."));

    assertEquals(problem.status(), answer.status());
    assertEquals(problem.status() == 401, answer.header(CHALLENGE) != null);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 1", "PT0.2S, 1", "PT1S, 1", "PT30S, 30", "PT2M, 120"})
  void passingRefusalSaysInWholeSecondsWhenToTryAgain(Duration wait, String seconds)
      throws Exception {
    Refusal refusal = Refusal.retryAfter(Problem.OVERLOADED, "Later.", wait);
    TestHttp.Answer answer = written(problems.of(refusal));

    assertEquals(503, answer.status());
    assertEquals(seconds, answer.header("Retry-After"));
  }

  /** A client that comes back too early is refused once more. */
  @Test
  void partOfASecondIsRoundedUp() throws Exception {
    Refusal refusal = Refusal.retryAfter(Problem.OVERLOADED, "Later.", Duration.ofMillis(1_001));

    assertEquals("2", written(problems.of(refusal)).header("Retry-After"));
  }

  @Test
  void lastingRefusalDoesNotInviteToTryAgain() throws Exception {
    assertNull(
        written(problems.of(new Refusal(Problem.NAME_TAKEN, "Taken."))).header("Retry-After"));
  }

  @Test
  void headersAreNotPartOfTheBody() throws Exception {
    TestHttp.Answer answer =
        written(problems.of(Problem.UNAVAILABLE, "Later.").with("Retry-After", "5"));

    assertEquals("5", answer.header("Retry-After"));
    assertFalse(answer.body().contains("headers"), answer.body());
    assertFalse(answer.body().contains("Retry-After"), answer.body());
  }

  @Test
  void addedHeaderKeepsTheOthers() throws Exception {
    TestHttp.Answer answer = written(problems.unauthenticated().with("X-Other", "x"));

    assertEquals("x", answer.header("X-Other"));
    assertEquals(BOTH_SCHEMES, answer.header(CHALLENGE));
  }

  @ParameterizedTest
  @CsvSource({
    "401, invalid-token",
    "403, forbidden",
    "404, not-found",
    "413, too-large",
    "415, unsupported-media-type",
    "500, internal-error"
  })
  void commonStatusHasAProblemOfItsOwn(int status, String slug) {
    ProblemAnswer answer = problems.of(status);

    assertEquals(status, answer.status());
    assertEquals("https://id.example.org/docs/problems.html#" + slug, answer.type());
  }

  @ParameterizedTest
  @CsvSource({
    "400, Bad Request",
    "405, Method Not Allowed",
    "406, Not Acceptable",
    "503, Service Unavailable"
  })
  void otherStatusSpeaksForItself(int status, String title) {
    ProblemAnswer answer = problems.of(status);

    assertEquals("about:blank", answer.type());
    assertEquals(title, answer.title());
    assertEquals(status, answer.status());
  }

  @ParameterizedTest
  @ValueSource(ints = {418, 499, 599})
  void unknownStatusIsAnswered(int status) {
    assertEquals("Error", problems.of(status).title());
    assertEquals(status, problems.of(status).status());
  }

  private static TestHttp.Answer written(ProblemAnswer problem) throws Exception {
    TestHttp.Answer answer = new TestHttp.Answer();
    problem.writeTo(answer.response());
    return answer;
  }
}

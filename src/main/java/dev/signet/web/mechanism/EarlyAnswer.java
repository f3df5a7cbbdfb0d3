package dev.signet.web.mechanism;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.origin.Origin;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.browser.Cors;
import dev.signet.web.browser.SecurityHeaders;
import dev.signet.web.caller.BearerToken;
import dev.signet.web.caller.DpopProofs;
import dev.signet.web.error.Failure;
import dev.signet.web.error.OAuthAnswers;
import dev.signet.web.error.ProblemAnswer;
import dev.signet.web.error.Problems;
import dev.signet.web.limit.Limiter;
import dev.signet.web.limit.RequestOrigin;
import dev.signet.web.route.CurrentRoute;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes an error response in the authentication mechanism, before the filters run: adds the
 * headers that the filters would set, and counts the request. OAuth endpoints respond with OAuth
 * errors here, too.
 */
@Shared
public class EarlyAnswer {
  private final Problems problems;
  private final Cors cors;
  private final SecurityHeaders headers;
  private final Limiter limiter;
  private final RequestOrigin origins;
  private final DpopProofs proofs;
  private final Metrics metrics;

  @Inject
  public EarlyAnswer(
      Problems problems,
      Cors cors,
      SecurityHeaders headers,
      Limiter limiter,
      RequestOrigin origins,
      DpopProofs proofs,
      Metrics metrics) {
    this.problems = problems;
    this.cors = cors;
    this.headers = headers;
    this.limiter = limiter;
    this.origins = origins;
    this.proofs = proofs;
    this.metrics = metrics;
  }

  public void refuse(InvalidToken reason, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    metrics.tokenRejected(reason.reason().name().toLowerCase(Locale.ROOT));
    boolean dpop = BearerToken.isDpop(request.getHeader("Authorization"));
    if (dpop) {
      proofs.offerNonce(response);
    }
    ProblemAnswer answer = problems.of(reason, dpop);
    if (CurrentRoute.of(request).isOAuth()) {
      writeOAuth(answer, Problems.error(reason), request, response);
    } else {
      write(answer, request, response);
    }
  }

  void refuse(RuntimeException reason, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exception failure = Failure.decisive(reason, request);
    Refusal refusal =
        failure instanceof Refusal known
            ? known
            : new Refusal(Problem.INVALID_INPUT, failure.getMessage());
    if (CurrentRoute.of(request).isOAuth()) {
      writeOAuth(problems.of(refusal), OAuthAnswers.error(refusal).text(), request, response);
    } else {
      write(problems.of(refusal), request, response);
    }
  }

  private void writeOAuth(
      ProblemAnswer answer, String error, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    setHeaders(request, response);
    answer.writeTo(response, error);
    metrics.answered(answer.status());
  }

  private void write(ProblemAnswer answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    setHeaders(request, response);
    ProblemAnswer given = count(request, response).map(problems::of).orElse(answer);
    given.writeTo(response);
    metrics.answered(given.status());
  }

  private void setHeaders(HttpServletRequest request, HttpServletResponse response) {
    headers.set(request, response);
    cors.set(request, response);
  }

  private Optional<Refusal> count(HttpServletRequest request, HttpServletResponse response) {
    if (!CurrentRoute.of(request).isApi() || Origin.current().source().isPresent()) {
      return Optional.empty(); // The filter has already counted the request.
    }
    Origin origin = origins.of(request);
    response.setHeader(RequestOrigin.CORRELATION, origin.correlation());
    origin.enter();
    try {
      return limiter.count(request, response, origin.source().orElseThrow());
    } finally {
      Origin.leave();
    }
  }
}

package dev.signet.web;

import dev.signet.keys.InvalidToken;
import dev.signet.problem.Refusal;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses a request before the filters have run, as it happens in the authentication mechanism: the
 * headers that they would set belong to it too.
 */
@Shared
class EarlyAnswer {
  private final Problems problems;
  private final Cors cors;

  @Inject
  EarlyAnswer(Problems problems, Cors cors) {
    this.problems = problems;
    this.cors = cors;
  }

  void refuse(InvalidToken reason, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    write(problems.of(reason), request, response);
  }

  void refuse(Refusal reason, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    write(problems.of(reason), request, response);
  }

  private void write(ProblemAnswer answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    SecurityHeaders.set(request, response);
    cors.set(request, response);
    answer.writeTo(response);
  }
}

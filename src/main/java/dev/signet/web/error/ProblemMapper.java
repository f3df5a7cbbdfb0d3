package dev.signet.web.error;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.body.WantedBody;
import dev.signet.web.route.AllowedMethods;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/** Maps every exception in JAX-RS to a problem. An unexpected exception reveals nothing. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  @Inject private Problems problems;
  @Context private SecurityContext security;
  // By CDI: one server's @Context fails here when the request is wrapped.
  @Inject private HttpServletRequest request;

  @Override
  public Response toResponse(Throwable error) {
    Exception failure = Failure.decisive(error, request);
    if (failure instanceof WebApplicationException http) {
      return answer(http.getResponse());
    }
    if (failure instanceof Refusal refusal) {
      return problems.of(refusal).toResponse();
    }
    if (failure instanceof InvalidToken refused) {
      return problems.of(refused, false).toResponse();
    }
    return problems.of(404).toResponse(); // The request refers to a row that was just deleted.
  }

  private Response answer(Response thrown) {
    int status = thrown.getStatus();
    if (status < 400) {
      return thrown;
    }
    // Some servers respond with 403 instead of 401 to a missing token.
    if (status == 403 && security.getUserPrincipal() == null) {
      return problems.unauthenticated().toResponse();
    }
    if (status == 415) {
      WantedBody wanted = WantedBody.of(thrown, request);
      ProblemAnswer refusal = problems.of(Problem.UNSUPPORTED_MEDIA_TYPE, wanted.words());
      for (Map.Entry<String, String> header : wanted.headers().entrySet()) {
        refusal = refusal.with(header.getKey(), header.getValue());
      }
      return refusal.toResponse();
    }
    ProblemAnswer answer = problems.of(status);
    return AllowedMethods.of(thrown, request)
        .map(allow -> answer.with(HttpHeaders.ALLOW, allow))
        .orElse(answer)
        .toResponse();
  }
}

package dev.signet.web;

import dev.signet.database.Database;
import dev.signet.oauth.OAuthException;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Turns whatever goes wrong into the error answer of OAuth ({@link OAuthAnswers}), or into a page
 * where somebody looks at it.
 */
@Provider
public class OAuthErrorMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(OAuthErrorMapper.class.getName());

  @Inject private ErrorPages pages;
  @Inject private OAuthAnswers answers;
  // By CDI: one server's @Context fails here when the request is wrapped.
  @Inject private HttpServletRequest request;

  @Override
  public Response toResponse(Throwable thrown) {
    return Paths.isPage(request) ? page(thrown).build() : answers.to(thrown, request);
  }

  private Response.ResponseBuilder page(Response thrown) {
    if (thrown.getStatus() < 400) {
      return Response.fromResponse(thrown);
    }
    Response.ResponseBuilder answer =
        OAuthAnswers.withAllow(thrown, pages.of(thrown.getStatus(), "other", request), request);
    if (thrown.getStatus() == 415) {
      WantedBody.of(thrown, request).headers().forEach(answer::header);
    }
    return answer;
  }

  private Response.ResponseBuilder page(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OAuthException refusal) {
        return pages.ofRequest(refusal.getMessage(), request);
      }
      if (cause instanceof Refusal refusal) {
        return pages.of(refusal, request);
      }
    }
    if (thrown instanceof WebApplicationException http) {
      return page(http.getResponse());
    }
    if (Database.isDangling(thrown)) {
      return pages.ofRequest(OAuthAnswers.GONE, request);
    }
    if (Database.isUnavailable(thrown)) {
      LOG.log(Level.WARNING, "The database is unavailable: {0}", thrown.toString());
      return pages.of(
          Refusal.retryAfter(Problem.UNAVAILABLE, "Try again soon.", OAuthAnswers.RETRY_AFTER),
          request);
    }
    LOG.log(Level.ERROR, "A request failed", thrown);
    return pages.of(500, Problem.INTERNAL_ERROR.slug(), request);
  }
}

package dev.signet.web.error;

import dev.signet.base.problem.Refusal;
import dev.signet.web.body.WantedBody;
import dev.signet.web.route.CurrentRoute;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Maps every exception to an OAuth error response ({@link OAuthAnswers}), or to a page at paths for
 * browsers.
 */
@Provider
public class OAuthErrorMapper implements ExceptionMapper<Throwable> {
  @Inject private ErrorPages pages;
  @Inject private OAuthAnswers answers;
  // Injected by CDI: with one server, @Context fails here if the request is wrapped.
  @Inject private HttpServletRequest request;

  @Override
  public Response toResponse(Throwable thrown) {
    return CurrentRoute.of(request).isPage() ? page(thrown).build() : answers.to(thrown, request);
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
    Exception failure = Failure.decisive(thrown, request);
    if (failure instanceof WebApplicationException http) {
      return page(http.getResponse());
    }
    return failure instanceof Refusal refusal
        ? pages.of(refusal, request)
        : pages.ofRequest(failure.getMessage(), request);
  }
}

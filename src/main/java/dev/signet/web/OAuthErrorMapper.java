package dev.signet.web;

import dev.signet.database.Database;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.oauth.Scope;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Turns whatever goes wrong into the error answer of OAuth (RFC 6749, section 5.2), or into a page
 * where somebody looks at it.
 */
@Provider
public class OAuthErrorMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(OAuthErrorMapper.class.getName());

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  @Inject private ErrorPages pages;
  @Inject private Problems problems;
  // By CDI: one server's @Context fails here when the request is wrapped.
  @Inject private HttpServletRequest request;

  @Override
  public Response toResponse(Throwable thrown) {
    return Paths.isPage(request) ? page(thrown).build() : json(thrown);
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
      Response answer = http.getResponse();
      return answer.getStatus() < 400
          ? Response.fromResponse(answer)
          : withAllow(answer, pages.of(answer.getStatus(), "other", request));
    }
    if (Database.isUnavailable(thrown)) {
      LOG.log(Level.WARNING, "The database is unavailable: {0}", thrown.toString());
      return pages.of(
          Refusal.retryAfter(Problem.UNAVAILABLE, "Try again soon.", RETRY_AFTER), request);
    }
    LOG.log(Level.ERROR, "A request failed", thrown);
    return pages.of(500, Problem.INTERNAL_ERROR.slug(), request);
  }

  private Response json(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OAuthException refusal) {
        return answer(refusal.error(), refusal.getMessage(), refusal.error().status()).build();
      }
      if (cause instanceof Refusal refusal) {
        return ofRefusal(refusal);
      }
    }
    if (thrown instanceof WebApplicationException http) {
      return ofHttp(http.getResponse());
    }
    if (Database.isUnavailable(thrown)) {
      LOG.log(Level.WARNING, "The database is unavailable: {0}", thrown.toString());
      return unavailable().build();
    }
    LOG.log(Level.ERROR, "A request failed", thrown);
    return answer(OAuthError.SERVER_ERROR, "The fault is ours, and in the log.", 500).build();
  }

  /**
   * What the domain refuses for reasons that OAuth does not know: too large, too often, too busy.
   */
  private Response ofRefusal(Refusal refusal) {
    int status = refusal.problem().status();
    Response.ResponseBuilder answer =
        answer(
            status >= 500 || status == 429
                ? OAuthError.TEMPORARILY_UNAVAILABLE
                : OAuthError.INVALID_REQUEST,
            refusal.getMessage(),
            status);
    refusal
        .retryAfter()
        .ifPresent(wait -> answer.header(HttpHeaders.RETRY_AFTER, Math.max(1, wait.toSeconds())));
    return answer.build();
  }

  private Response ofHttp(Response thrown) {
    int status = thrown.getStatus();
    if (status < 400) {
      return thrown;
    }
    if (status == 401) {
      // RFC 6750, section 3.1: no error code without a token.
      return body(null, "This needs an access token.", status)
          .header(HttpHeaders.WWW_AUTHENTICATE, problems.challenge(false, ""))
          .build();
    }
    String words =
        switch (status) {
          case 404 -> "There is nothing at this address.";
          case 405 -> "The method is not supported here.";
          case 415 -> "The media type is not supported here.";
          default -> "The request is not valid.";
        };
    return withAllow(thrown, body(OAuthError.INVALID_REQUEST.text(), words, status)).build();
  }

  /** RFC 9110, section 15.5.6: which methods there are instead. */
  private static Response.ResponseBuilder withAllow(
      Response thrown, Response.ResponseBuilder answer) {
    String allow = thrown.getHeaderString(HttpHeaders.ALLOW);
    return allow == null ? answer : answer.header(HttpHeaders.ALLOW, allow);
  }

  private Response.ResponseBuilder unavailable() {
    return answer(OAuthError.TEMPORARILY_UNAVAILABLE, "Try again soon.", 503)
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER.toSeconds());
  }

  private Response.ResponseBuilder answer(OAuthError error, String words, int status) {
    Response.ResponseBuilder answer = body(error.text(), words, status);
    return switch (error) {
      // RFC 6749, section 5.2: the scheme that the client may use.
      case INVALID_CLIENT ->
          answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Signet\", charset=\"UTF-8\"");
      // RFC 6750, section 3.
      case INVALID_TOKEN, INSUFFICIENT_SCOPE ->
          answer.header(
              HttpHeaders.WWW_AUTHENTICATE,
              problems.challenge(
                  BearerAuthentication.isDpop(request.getHeader(HttpHeaders.AUTHORIZATION)),
                  ", error=\""
                      + error.text()
                      + "\", error_description=\""
                      + words
                      + "\""
                      + neededScope(error)));
      default -> answer;
    };
  }

  /** RFC 6750, section 3. Clients register with a group, for which there is no scope. */
  private String neededScope(OAuthError error) {
    return error == OAuthError.INSUFFICIENT_SCOPE && Paths.isUserinfo(request)
        ? ", scope=\"" + Scope.OPENID + "\""
        : "";
  }

  private static Response.ResponseBuilder body(String error, String words, int status) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Json.write(new ErrorAnswer(error, words)));
  }
}

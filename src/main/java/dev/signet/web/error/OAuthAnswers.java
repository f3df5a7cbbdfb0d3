package dev.signet.web.error;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Scope;
import dev.signet.base.problem.Refusal;
import dev.signet.base.route.Route;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.body.Json;
import dev.signet.web.body.WantedBody;
import dev.signet.web.caller.BearerToken;
import dev.signet.web.caller.DpopProofs;
import dev.signet.web.route.AllowedMethods;
import dev.signet.web.route.CurrentRoute;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** JSON responses of OAuth endpoints, with errors according to RFC 6749, section 5.2. */
@Shared
public class OAuthAnswers {
  private final Problems problems;
  private final DpopProofs proofs;

  @Inject
  OAuthAnswers(Problems problems, DpopProofs proofs) {
    this.problems = problems;
    this.proofs = proofs;
  }

  /** Writes a response without JAX-RS. */
  public void write(Record answer, HttpServletResponse response) throws IOException {
    write(HttpServletResponse.SC_OK, Json.write(answer), response);
  }

  /** Writes an error response without JAX-RS. */
  public void write(Throwable thrown, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Response answer = to(thrown, request);
    answer
        .getStringHeaders()
        .forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
    write(answer.getStatus(), (byte[]) answer.getEntity(), response);
  }

  private static void write(int status, byte[] body, HttpServletResponse response)
      throws IOException {
    response.setStatus(status);
    response.setContentType(MediaType.APPLICATION_JSON);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Returns the error response for an exception. */
  Response to(Throwable thrown, HttpServletRequest request) {
    Exception failure = Failure.decisive(thrown, request);
    if (failure instanceof OAuthException refusal) {
      return answer(refusal.error(), refusal.getMessage(), refusal.error().status(), request)
          .build();
    }
    if (failure instanceof InvalidToken refused) {
      return ofToken(refused, request);
    }
    return failure instanceof WebApplicationException http
        ? ofHttp(http.getResponse(), request)
        : ofRefusal((Refusal) failure);
  }

  /**
   * Returns the response for a refusal without an OAuth error code, such as an exceeded limit or an
   * overload.
   */
  private static Response ofRefusal(Refusal refusal) {
    Response.ResponseBuilder answer =
        plain(error(refusal), refusal.getMessage(), refusal.problem().status());
    refusal
        .retryAfterSeconds()
        .ifPresent(seconds -> answer.header(HttpHeaders.RETRY_AFTER, seconds));
    return answer.build();
  }

  /** Returns the OAuth error code for a refusal of the domain. */
  public static OAuthError error(Refusal refusal) {
    return switch (refusal.problem().status()) {
      case 500 -> OAuthError.SERVER_ERROR;
      case 429, 503 -> OAuthError.TEMPORARILY_UNAVAILABLE;
      default -> OAuthError.INVALID_REQUEST;
    };
  }

  /** Like {@code EarlyAnswer}, for servers where the container verifies the tokens of the API. */
  private Response ofToken(InvalidToken refused, HttpServletRequest request) {
    boolean dpop = BearerToken.isDpop(request.getHeader(HttpHeaders.AUTHORIZATION));
    ProblemAnswer said = problems.of(refused, dpop);
    Response.ResponseBuilder answer = body(Problems.error(refused), said.detail(), said.status());
    said.headers().forEach(answer::header);
    if (dpop) {
      proofs.nonce().ifPresent(nonce -> answer.header(DpopProofs.NONCE, nonce));
    }
    return answer.build();
  }

  private Response ofHttp(Response thrown, HttpServletRequest request) {
    int status = thrown.getStatus();
    if (status < 400) {
      return thrown;
    }
    if (status == 401) {
      // RFC 6750, section 3.1: no error code without a token.
      return body(null, "This operation requires an access token.", status)
          .header(HttpHeaders.WWW_AUTHENTICATE, problems.challenge(false, ""))
          .build();
    }
    if (status == 415) {
      return ofBody(WantedBody.of(thrown, request));
    }
    String words =
        switch (status) {
          case 404 -> "There is no resource at this address.";
          case 405 -> "The method is not supported by this resource.";
          default -> "The request is invalid.";
        };
    return withAllow(thrown, plain(OAuthError.INVALID_REQUEST, words, status), request).build();
  }

  private static Response ofBody(WantedBody wanted) {
    Response.ResponseBuilder answer = plain(OAuthError.INVALID_REQUEST, wanted.words(), 415);
    wanted.headers().forEach(answer::header);
    return answer.build();
  }

  /** Adds the header {@code Allow} (RFC 9110, section 15.5.6). */
  static Response.ResponseBuilder withAllow(
      Response thrown, Response.ResponseBuilder answer, HttpServletRequest request) {
    AllowedMethods.of(thrown, request).ifPresent(allow -> answer.header(HttpHeaders.ALLOW, allow));
    return answer;
  }

  private Response.ResponseBuilder answer(
      OAuthError error, String words, int status, HttpServletRequest request) {
    Response.ResponseBuilder answer = plain(error, words, status);
    return switch (error) {
      // RFC 6749, section 5.2, requires a challenge with the scheme that the client used.
      case INVALID_CLIENT ->
          answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Signet\", charset=\"UTF-8\"");
      // RFC 6750, section 3.
      case INVALID_TOKEN, INSUFFICIENT_SCOPE -> challenge(answer, error, words, request);
      case INVALID_REQUEST ->
          isUserinfo(request) ? challenge(answer, error, words, request) : answer;
      default -> answer;
    };
  }

  private static boolean isUserinfo(HttpServletRequest request) {
    return CurrentRoute.of(request).caller() == Route.Caller.TOKEN_FOR_ANY_AUDIENCE;
  }

  private Response.ResponseBuilder challenge(
      Response.ResponseBuilder answer, OAuthError error, String words, HttpServletRequest request) {
    return answer.header(
        HttpHeaders.WWW_AUTHENTICATE,
        problems.challenge(
            BearerToken.isDpop(request.getHeader(HttpHeaders.AUTHORIZATION)),
            ", error=\""
                + error.text()
                + "\", error_description=\""
                + words
                + "\""
                + neededScope(error, request)));
  }

  /**
   * Returns the required scope (RFC 6750, section 3). The registration of clients requires a group,
   * which has no scope.
   */
  private static String neededScope(OAuthError error, HttpServletRequest request) {
    return error == OAuthError.INSUFFICIENT_SCOPE && isUserinfo(request)
        ? ", scope=\"" + Scope.OPENID + "\""
        : "";
  }

  private static Response.ResponseBuilder plain(OAuthError error, String words, int status) {
    return body(error.text(), words, status);
  }

  private static Response.ResponseBuilder body(String error, String words, int status) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Json.write(new ErrorAnswer(error, words)));
  }
}

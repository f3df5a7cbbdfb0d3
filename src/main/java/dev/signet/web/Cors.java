package dev.signet.web;

import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets pages of the listed origins call the API and read its answers, cookies included (Fetch,
 * section "HTTP CORS protocol"). With none listed it does nothing there, and browsers refuse.
 *
 * <p>What OAuth clients in browsers call is open to all origins, without cookies, which have no
 * meaning there: a page can do no more than any program that has the same code or token. The public
 * keys are open to everybody by themselves.
 */
@Shared
class Cors {
  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, DPoP, " + CsrfDefence.HEADER;
  private static final String ANSWER_HEADERS =
      "DPoP-Nonce, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, "
          + CsrfDefence.HEADER;

  private static final String OAUTH_METHODS = "GET, POST";
  private static final String OAUTH_REQUEST_HEADERS = "Authorization, Content-Type, DPoP";
  private static final String OAUTH_ANSWER_HEADERS =
      "DPoP-Nonce, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate";

  /** Seconds; browsers cap it. */
  private static final String MAX_AGE = "3600";

  private final Origins origins;

  @Inject
  Cors(Origins origins) {
    this.origins = origins;
  }

  /** Tells the browser whether the page that asks may read this answer. */
  void set(HttpServletRequest request, HttpServletResponse response) {
    if (Paths.isForAllOrigins(request)) {
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Access-Control-Expose-Headers", OAUTH_ANSWER_HEADERS);
      return;
    }
    if (!origins.areListed() || !Paths.isApi(request)) {
      return;
    }
    // A cache must not give one origin's answer to another.
    response.addHeader("Vary", "Origin");
    String origin = request.getHeader("Origin");
    if (origins.isListed(origin)) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Allow-Credentials", "true");
      response.setHeader("Access-Control-Expose-Headers", ANSWER_HEADERS);
    }
  }

  /** Whether a browser asks, for an origin that may, what it may send. */
  boolean isPreflight(HttpServletRequest request) {
    return "OPTIONS".equals(request.getMethod())
        && request.getHeader("Access-Control-Request-Method") != null
        && (Paths.isForAllOrigins(request)
            || (Paths.isApi(request) && origins.isListed(request.getHeader("Origin"))));
  }

  /** Answers that question, the same for every path of a kind: what exists is not told here. */
  void answerPreflight(HttpServletRequest request, HttpServletResponse response) {
    boolean isOAuth = Paths.isForAllOrigins(request);
    response.setHeader("Access-Control-Allow-Methods", isOAuth ? OAUTH_METHODS : METHODS);
    response.setHeader(
        "Access-Control-Allow-Headers", isOAuth ? OAUTH_REQUEST_HEADERS : REQUEST_HEADERS);
    response.setHeader("Access-Control-Max-Age", MAX_AGE);
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}

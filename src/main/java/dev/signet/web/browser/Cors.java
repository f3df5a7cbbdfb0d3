package dev.signet.web.browser;

import dev.signet.base.wiring.Shared;
import dev.signet.web.limit.RequestOrigin;
import dev.signet.web.route.CurrentRoute;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Decides which pages of other origins may call Signet and read its responses (Fetch, section "HTTP
 * CORS protocol").
 *
 * <p>Paths that accept no cookie are open to all origins and all request headers: a page can do no
 * more there than any program with the same code, token or secret. The rest of the API, including
 * cookies, is open to the listed origins only. Signet's own pages and the metrics, which a network
 * may protect, are not open to other origins.
 */
@Shared
public class Cors {
  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, DPoP, " + CsrfDefence.HEADER;
  private static final String ANSWER_HEADERS =
      "DPoP-Nonce, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, "
          + CsrfDefence.HEADER;

  /** The wildcard does not include {@code Authorization} (Fetch, "CORS non-wildcard" names). */
  private static final String ALL_REQUEST_HEADERS = "Authorization, *";

  private static final String OPEN_ANSWER_HEADERS =
      "Allow, DPoP-Nonce, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, "
          + RequestOrigin.CORRELATION;

  /** Seconds; browsers cap it. */
  private static final String MAX_AGE = "3600";

  private final Origins origins;

  @Inject
  public Cors(Origins origins) {
    this.origins = origins;
  }

  /** Sets the headers that tell the browser whether the calling page may read this response. */
  public void set(HttpServletRequest request, HttpServletResponse response) {
    boolean listed = isListed(request);
    if (origins.areListed() && CurrentRoute.of(request).isApi()) {
      // A cache must not serve the response for one origin to another.
      response.addHeader("Vary", "Origin");
    }
    if (listed) {
      response.setHeader("Access-Control-Allow-Origin", request.getHeader("Origin"));
      response.setHeader("Access-Control-Allow-Credentials", "true");
      response.setHeader("Access-Control-Expose-Headers", ANSWER_HEADERS);
    } else if (CurrentRoute.of(request).crossOrigin().isPresent()) {
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Access-Control-Expose-Headers", OPEN_ANSWER_HEADERS);
    }
  }

  /** Whether the request is a preflight request of an allowed origin. */
  boolean isPreflight(HttpServletRequest request) {
    return "OPTIONS".equals(request.getMethod())
        && request.getHeader("Access-Control-Request-Method") != null
        && (isListed(request) || CurrentRoute.of(request).crossOrigin().isPresent());
  }

  /**
   * Answers a preflight request without calling a resource, so that the response does not reveal,
   * for example, whether a client exists.
   */
  void answerPreflight(HttpServletRequest request, HttpServletResponse response) {
    boolean listed = isListed(request);
    response.setHeader(
        "Access-Control-Allow-Methods",
        listed ? METHODS : CurrentRoute.of(request).crossOrigin().orElseThrow());
    response.setHeader(
        "Access-Control-Allow-Headers", listed ? REQUEST_HEADERS : ALL_REQUEST_HEADERS);
    response.setHeader("Access-Control-Max-Age", MAX_AGE);
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  /**
   * Whether the request is a call of the API by a page of a listed origin, which may use cookies.
   */
  private boolean isListed(HttpServletRequest request) {
    return CurrentRoute.of(request).isApi() && origins.isListed(request.getHeader("Origin"));
  }
}

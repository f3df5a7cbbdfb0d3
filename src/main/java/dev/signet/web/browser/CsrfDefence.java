package dev.signet.web.browser;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.Digest;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * CSRF protection: distinguishes requests of Signet's own pages from requests that another site
 * triggers, as browsers send cookies with both. Three checks must pass: the origin of the page
 * ({@code Origin}), its relation to Signet ({@code Sec-Fetch-Site}), and a value that only Signet's
 * own pages can read.
 */
@Shared
public class CsrfDefence {
  /** The header that repeats the value of the CSRF cookie. */
  public static final String HEADER = "X-CSRF-Token";

  /** The safe methods (RFC 9110, section 9.2.1). */
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private static final Set<String> NEAR = Set.of("same-origin", "same-site", "none");

  private final Origins origins;

  @Inject
  public CsrfDefence(Origins origins) {
    this.origins = origins;
  }

  /**
   * Refuses an unsafe request that may come from another site.
   *
   * @param expected the CSRF value of the session
   * @throws Refusal {@link Problem#CSRF}
   */
  public void check(HttpServletRequest request, String expected) {
    if (!isSafe(request.getMethod())) {
      checkOrigin(request);
      if (!Digest.isEqual(presented(request), expected)) {
        throw new Refusal(Problem.CSRF, HEADER + " does not match this session.");
      }
    }
  }

  /**
   * Refuses a request from a page that is neither Signet's own nor of a listed origin.
   *
   * @throws Refusal {@link Problem#CSRF}
   */
  public void checkOrigin(HttpServletRequest request) {
    List<String> origin = all(request, "Origin");
    boolean trusted = origin.size() == 1 && origins.isTrusted(origin.get(0), request);
    if (!origin.isEmpty() && !trusted) {
      throw new Refusal(
          Problem.CSRF,
          "Requests with cookies are accepted from pages of "
              + origins.own()
              + " only. Open Signet at that address, or set signet.issuer or signet.cors.origins.");
    }
    List<String> site = all(request, "Sec-Fetch-Site");
    if (!trusted && !NEAR.containsAll(site)) {
      throw new Refusal(Problem.CSRF, "Requests with cookies are not accepted from other sites.");
    }
  }

  /**
   * Whether a request comes from one of Signet's own pages that was opened under a different host
   * name than the issuer's: the page and the request have the same origin, which is not trusted.
   */
  public boolean isUnderAnotherName(HttpServletRequest request) {
    List<String> origin = all(request, "Origin");
    if (origin.size() != 1 || origins.isTrusted(origin.get(0), request)) {
      return false;
    }
    return all(request, "Sec-Fetch-Site").equals(List.of("same-origin"))
        || origin.get(0).endsWith("://" + request.getHeader("Host"));
  }

  /**
   * Returns the CSRF value in the header of a request.
   *
   * @throws Refusal {@link Problem#CSRF} if there is none, or more than one
   */
  public String presented(HttpServletRequest request) {
    List<String> values = all(request, HEADER);
    if (values.size() != 1 || values.get(0).isEmpty()) {
      throw new Refusal(Problem.CSRF, "Requests with cookies require the header " + HEADER + ".");
    }
    return values.get(0);
  }

  public static boolean isSafe(String method) {
    return SAFE.contains(method);
  }

  private static List<String> all(HttpServletRequest request, String header) {
    return Collections.list(request.getHeaders(header));
  }
}

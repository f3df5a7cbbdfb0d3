package dev.signet.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** What a path says before any resource is asked. */
final class Paths {
  private static final String API = "/api/";
  private static final String OAUTH = "/oauth2/";
  private static final String WELL_KNOWN = "/.well-known/";
  private static final String USERINFO = OAUTH + "userinfo";
  private static final String REGISTER = OAUTH + "register";

  /** What OAuth clients in browsers call: single-page apps, which are public clients. */
  private static final Set<String> FOR_ALL_ORIGINS =
      Set.of(OAUTH + "token", OAUTH + "revoke", OAUTH + "userinfo", OAUTH + "par");

  private static final String METRICS = "/metrics";

  /** Paths that begin or end a session, or need none: an old cookie must not stand in their way. */
  private static final Set<String> WITHOUT_COOKIES =
      Set.of("login", "refresh", "logout", "register", "health", "openapi");

  /** What people see, rather than clients call. */
  private static final Set<String> PAGES =
      Set.of("authorize", "login", "password", "consent", "device", "logout");

  private Paths() {}

  static boolean isApi(HttpServletRequest request) {
    return request.getRequestURI().startsWith(request.getContextPath() + API);
  }

  static boolean isOAuth(HttpServletRequest request) {
    return request.getRequestURI().startsWith(request.getContextPath() + OAUTH);
  }

  /** Whether what is sent there is a form, and not JSON. */
  static boolean takesForms(HttpServletRequest request) {
    String path = path(request);
    return path.startsWith(OAUTH) && !path.startsWith(REGISTER);
  }

  /** Whether a browser shows the answer to somebody. */
  static boolean isPage(HttpServletRequest request) {
    return isOAuth(request) && PAGES.contains(segment(request, OAUTH));
  }

  /** Where clients ask about their users. */
  static boolean isUserinfo(HttpServletRequest request) {
    return request.getRequestURI().equals(request.getContextPath() + USERINFO);
  }

  /**
   * Whether it asks for no access token: an {@code Authorization} header is for the endpoint, which
   * takes other credentials and refuses in its own words (RFC 6749, section 5.2; RFC 7592), or for
   * nobody.
   */
  static boolean takesNoAccessToken(HttpServletRequest request) {
    String path = path(request);
    return path.startsWith(WELL_KNOWN)
        || (path.startsWith(OAUTH) && !path.equals(USERINFO) && !path.equals(REGISTER));
  }

  /** Whether pages of all origins may call it, without cookies. */
  static boolean isForAllOrigins(HttpServletRequest request) {
    return FOR_ALL_ORIGINS.contains(path(request));
  }

  static boolean isMetrics(HttpServletRequest request) {
    return request.getRequestURI().startsWith(request.getContextPath() + METRICS);
  }

  /** Whether a cookie may tell who the caller is. */
  static boolean takesCookies(HttpServletRequest request) {
    return isApi(request) && !WITHOUT_COOKIES.contains(segment(request, API));
  }

  private static String path(HttpServletRequest request) {
    return request.getRequestURI().substring(request.getContextPath().length());
  }

  /** The part of the path that follows. */
  private static String segment(HttpServletRequest request, String prefix) {
    String path = request.getRequestURI();
    int start = request.getContextPath().length() + prefix.length();
    int end = path.indexOf('/', start);
    return path.substring(start, end < 0 ? path.length() : end);
  }
}

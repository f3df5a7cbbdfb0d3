package dev.signet.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a path says before any resource is asked. */
final class Paths {
  private static final String API = "/api/";
  private static final String OAUTH = "/oauth2/";
  private static final String WELL_KNOWN = "/.well-known/";
  private static final String USERINFO = OAUTH + "userinfo";
  private static final String REGISTER = OAUTH + "register";
  private static final String HEALTH = API + "health/";

  /** What takes no cookie, with the methods that a page may use there. */
  private static final Map<String, String> FOR_ALL_ORIGINS =
      Map.of(
          OAUTH + "token",
          "POST",
          OAUTH + "revoke",
          "POST",
          OAUTH + "introspect",
          "POST",
          OAUTH + "par",
          "POST",
          OAUTH + "device_authorization",
          "POST",
          REGISTER,
          "POST",
          USERINFO,
          "GET, HEAD, POST",
          API + "openapi",
          "GET, HEAD");

  private static final String METRICS = "/metrics";

  private static final Set<String> ACTING = Set.of("authorize", "logout");

  /** Each JAX-RS application, with and without a slash at the end, and the page of errors. */
  private static final Set<String> NOT_FILES =
      Set.of("/api", "/oauth2", "/.well-known", METRICS, "/error");

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

  /**
   * The methods by which pages of all origins may call a path, for {@code
   * Access-Control-Allow-Methods}; empty where a cookie means something.
   */
  static Optional<String> methodsForAllOrigins(HttpServletRequest request) {
    String path = path(request);
    String methods = FOR_ALL_ORIGINS.get(path);
    if (methods != null) {
      return Optional.of(methods);
    }
    if (path.startsWith(WELL_KNOWN) || path.startsWith(HEALTH)) {
      return Optional.of("GET, HEAD");
    }
    return path.startsWith(REGISTER + "/")
        ? Optional.of("GET, HEAD, PUT, DELETE")
        : Optional.empty();
  }

  /** Whether HEAD is refused, because GET acts there: it gives a code, or ends a session. */
  static boolean refusesHead(HttpServletRequest request) {
    return isOAuth(request) && ACTING.contains(segment(request, OAUTH));
  }

  /** Whether it is a file of the WAR, or nothing at all. */
  static boolean isFile(HttpServletRequest request) {
    String path = path(request);
    return NOT_FILES.stream().noneMatch(path::startsWith);
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

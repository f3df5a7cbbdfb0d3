package dev.signet.web;

import dev.signet.origin.Sources;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Tells browsers and caches what they may do with an answer; what may have tokens or accounts in it
 * is stored nowhere.
 */
@Shared
class SecurityHeaders {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final String NO_FEATURES =
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

  private final Sources sources;

  @Inject
  SecurityHeaders(Sources sources) {
    this.sources = sources;
  }

  void set(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("Permissions-Policy", NO_FEATURES);
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    if (isSecure(request)) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
    if (Paths.isApi(request) || Paths.isMetrics(request)) {
      response.setHeader("Cache-Control", "no-store");
    }
  }

  /** Whether the client used TLS; it may end at a proxy. */
  private boolean isSecure(HttpServletRequest request) {
    return request.isSecure()
        || ("https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))
            && sources.isTrusted(request.getRemoteAddr()));
  }
}

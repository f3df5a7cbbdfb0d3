package dev.signet.web.browser;

import dev.signet.base.origin.Sources;
import dev.signet.base.route.Route;
import dev.signet.base.settings.BrandSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.web.route.CurrentRoute;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The security headers of responses. Responses that may contain tokens or accounts must not be
 * stored.
 */
@Shared
public class SecurityHeaders {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:%s;"
          + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final String NO_FORMS = "; form-action 'none'";
  private static final String NO_FEATURES =
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

  private final Sources sources;
  private final DateHeader date;
  private final String policy;

  @Inject
  public SecurityHeaders(Sources sources, BrandSettings brand, DateHeader date) {
    this.sources = sources;
    this.date = date;
    policy = POLICY.formatted(brand.logoOrigin().map(origin -> " " + origin).orElse(""));
  }

  public void set(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(DateHeader.NAME, date.value());
    response.setHeader("X-Content-Type-Options", "nosniff");
    // The policy below has the same rule, but one server adds a laxer value of its own.
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Permissions-Policy", NO_FEATURES);
    Route route = CurrentRoute.of(request);
    if (route.isPage()) {
      // With no-referrer, browsers would send "Origin: null" with forms.
      response.setHeader("Referrer-Policy", "same-origin");
      // Browsers apply form-action to all redirects after a form, also to those of the client, so
      // no list could be complete. Applications open these pages in a popup, which must be able to
      // return to them.
      response.setHeader("Content-Security-Policy", policy);
      response.setHeader("Cross-Origin-Opener-Policy", "unsafe-none");
    } else {
      response.setHeader("Referrer-Policy", "no-referrer");
      response.setHeader("Content-Security-Policy", policy + NO_FORMS);
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    }
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    if (isSecure(request)) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
    if (route.isApi() || route.isOAuth() || route.kind() == Route.Kind.METRICS) {
      response.setHeader("Cache-Control", "no-store");
    }
    if (route.isOAuth()) {
      response.setHeader("Pragma", "no-cache"); // RFC 6749, section 5.1
    }
  }

  /** Whether the client used TLS, which may end at a proxy. */
  private boolean isSecure(HttpServletRequest request) {
    return request.isSecure()
        || ("https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))
            && sources.isTrusted(request.getRemoteAddr()));
  }
}

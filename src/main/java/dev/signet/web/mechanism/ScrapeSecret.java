package dev.signet.web.mechanism;

import dev.signet.base.route.Route;
import dev.signet.base.secret.Digest;
import dev.signet.base.settings.MetricsSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.web.caller.BearerToken;
import dev.signet.web.route.CurrentRoute;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secret with which a monitoring system reads the metrics. It is sent as a bearer token: the
 * authentication of access tokens leaves it, and wrong secrets, to the resource, which counts
 * failed attempts.
 */
@Shared
public class ScrapeSecret {
  /** A JWT: three parts, the first of which is a JSON object. */
  private static final Pattern JWT = Pattern.compile("ey[^.]*\\.[^.]*\\.[^.]*");

  private final Optional<String> secret;

  @Inject
  ScrapeSecret(MetricsSettings settings) {
    secret = settings.token();
  }

  /**
   * Whether the request is for the metrics, with a bearer token that is not a JWT: the secret, or a
   * wrong one.
   */
  public boolean isTried(HttpServletRequest request) {
    return secret.isPresent()
        && isMetrics(request)
        && BearerToken.in(request.getHeader("Authorization"))
            .filter(presented -> !JWT.matcher(presented).matches() || isRight(presented))
            .isPresent();
  }

  /** Whether the request is for the metrics, with the correct secret. */
  public boolean isIn(HttpServletRequest request) {
    return secret.isPresent()
        && isMetrics(request)
        && BearerToken.in(request.getHeader("Authorization")).filter(this::isRight).isPresent();
  }

  private static boolean isMetrics(HttpServletRequest request) {
    return CurrentRoute.of(request).kind() == Route.Kind.METRICS;
  }

  private boolean isRight(String presented) {
    return Digest.isEqual(presented, secret.orElseThrow());
  }
}

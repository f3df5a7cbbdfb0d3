package dev.signet.web;

import dev.signet.settings.MetricsSettings;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The secret with which a monitoring system reads the metrics. It comes where access tokens do, so
 * whoever checks those must know it, and take it for none.
 */
@Shared
public class ScrapeSecret {
  private final Optional<byte[]> secret;

  @Inject
  ScrapeSecret(MetricsSettings settings) {
    secret = settings.token().map(ScrapeSecret::bytes);
  }

  /** Whether the request is for the metrics, and brings the secret. */
  public boolean isIn(HttpServletRequest request) {
    if (secret.isEmpty() || !Paths.isMetrics(request)) {
      return false;
    }
    return BearerToken.in(request.getHeader("Authorization"))
        .filter(presented -> MessageDigest.isEqual(secret.get(), bytes(presented)))
        .isPresent();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

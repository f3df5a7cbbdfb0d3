package dev.signet.web.browser;

import dev.signet.base.settings.CorsSettings;
import dev.signet.base.settings.Settings;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/**
 * The origins whose pages may send requests with cookies: Signet's own, and those that the operator
 * lists.
 */
@Shared
public class Origins {
  /** Hosts that always denote this computer, without a DNS lookup. */
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final String own;

  /** The issuer's host, if it is this computer. */
  private final Optional<String> developersHost;

  private final CorsSettings cors;

  @Inject
  public Origins(Settings settings, CorsSettings cors) {
    own = CorsSettings.originOf(settings.issuer());
    developersHost =
        Optional.of(settings.issuer().getHost())
            .filter(host -> !settings.production() && LOOPBACK.contains(host));
    this.cors = cors;
  }

  /** Whether pages of this origin may send this request with cookies. */
  boolean isTrusted(String origin, HttpServletRequest request) {
    return own.equals(origin) || isListed(origin) || isOwnListener(origin, request);
  }

  /**
   * Whether the origin is that of the listener that received the request, on a developer's
   * computer, where Signet is available by http and by https and the issuer names only one of them.
   * The host must be the issuer's, and the port that of the connection, so that neither a forged
   * {@code Host} nor a name that an attacker points to this computer (DNS rebinding) makes an
   * origin trusted.
   */
  private boolean isOwnListener(String origin, HttpServletRequest request) {
    return developersHost
        .map(
            host ->
                (request.isSecure() ? "https://" : "http://") + host + ":" + request.getLocalPort())
        .filter(origin::equals)
        .isPresent();
  }

  /** Returns the origin of Signet's own pages. */
  String own() {
    return own;
  }

  /** Whether pages of this other origin may call the API and read its responses. */
  boolean isListed(String origin) {
    return origin != null && cors.origins().contains(origin);
  }

  boolean areListed() {
    return !cors.origins().isEmpty();
  }
}

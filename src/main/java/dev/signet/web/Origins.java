package dev.signet.web;

import dev.signet.settings.CorsSettings;
import dev.signet.settings.Settings;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** Whose pages a browser may act for: our own, and those that the operator listed. */
@Shared
class Origins {
  /** Hosts that are this computer, whatever a name server says. */
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final String own;

  /** The issuer's host, if that is the developer's computer. */
  private final Optional<String> developersHost;

  private final CorsSettings cors;

  @Inject
  Origins(Settings settings, CorsSettings cors) {
    own = CorsSettings.originOf(settings.issuer());
    developersHost =
        Optional.of(settings.issuer().getHost())
            .filter(host -> !settings.production() && LOOPBACK.contains(host));
    this.cors = cors;
  }

  /** Whether pages of this origin may send a request with cookies. */
  boolean isTrusted(String origin, HttpServletRequest request) {
    return own.equals(origin) || isListed(origin) || isOwnListener(origin, request);
  }

  /**
   * Whether it is the listener that has received the request, on the developer's computer: Signet
   * is there by http and by https, and the issuer names one of them. The host is the issuer's, for
   * which cookies are set, and the port is that of the connection: neither a forged {@code Host}
   * nor a name that an attacker points to this computer (DNS rebinding) makes an origin trusted.
   */
  private boolean isOwnListener(String origin, HttpServletRequest request) {
    return developersHost
        .map(
            host ->
                (request.isSecure() ? "https://" : "http://") + host + ":" + request.getLocalPort())
        .filter(origin::equals)
        .isPresent();
  }

  /** The origin of Signet's own pages. */
  String own() {
    return own;
  }

  /** Whether it is another origin whose pages may call the API and read its answers. */
  boolean isListed(String origin) {
    return origin != null && cors.origins().contains(origin);
  }

  boolean areListed() {
    return !cors.origins().isEmpty();
  }
}

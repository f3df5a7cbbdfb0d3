package dev.signet.web;

import dev.signet.settings.CorsSettings;
import dev.signet.settings.Settings;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;

/** Whose pages a browser may act for: our own, and those that the operator listed. */
@Shared
class Origins {
  private final String own;
  private final CorsSettings cors;

  @Inject
  Origins(Settings settings, CorsSettings cors) {
    own = CorsSettings.originOf(settings.issuer());
    this.cors = cors;
  }

  /** Whether pages of this origin may send requests with cookies. */
  boolean isTrusted(String origin) {
    return own.equals(origin) || isListed(origin);
  }

  /** Whether it is another origin whose pages may call the API and read its answers. */
  boolean isListed(String origin) {
    return origin != null && cors.origins().contains(origin);
  }

  boolean areListed() {
    return !cors.origins().isEmpty();
  }
}

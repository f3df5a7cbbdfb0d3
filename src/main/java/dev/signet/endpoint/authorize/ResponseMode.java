package dev.signet.endpoint.authorize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways to return the authorization response. */
enum ResponseMode {
  /** In the query of the redirect URI (OAuth 2.0 Multiple Response Types, section 2.1). */
  QUERY,
  /** As a form (OAuth 2.0 Form Post Response Mode). */
  FORM_POST;

  static Optional<ResponseMode> named(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }
}

package dev.signet.endpoint.authorize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The values of the parameter {@code prompt} (OIDC Core, section 3.1.2.1). */
enum Prompt {
  NONE,
  LOGIN,
  CONSENT,
  /** A browser has one account at a time, so this value asks for a login. */
  SELECT_ACCOUNT;

  static Optional<Prompt> named(String text) {
    return Arrays.stream(values())
        .filter(prompt -> prompt.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }
}

package dev.signet.endpoint.authorize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a client wants somebody to be asked (OIDC Core, section 3.1.2.1). */
enum Prompt {
  NONE,
  LOGIN,
  CONSENT,
  /** A browser has one account at a time: whoever wants another one logs in. */
  SELECT_ACCOUNT;

  static Optional<Prompt> named(String text) {
    return Arrays.stream(values())
        .filter(prompt -> prompt.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }
}

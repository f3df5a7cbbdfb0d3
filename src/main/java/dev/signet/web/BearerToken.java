package dev.signet.web;

import java.util.Optional;

/** The token of an {@code Authorization} header (RFC 6750, section 2.1). */
public final class BearerToken {
  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /** Returns the token after {@code Bearer} in a header, which may be null. */
  public static Optional<String> in(String header) {
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }
}

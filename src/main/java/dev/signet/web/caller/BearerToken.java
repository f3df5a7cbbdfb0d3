package dev.signet.web.caller;

import java.util.Optional;

/** The token of an {@code Authorization} header (RFC 6750, section 2.1; RFC 9449, section 7.1). */
public final class BearerToken {
  private static final String SCHEME = "Bearer ";
  private static final String DPOP = "DPoP ";

  private BearerToken() {}

  /** Returns the token after {@code Bearer} in a header, which may be null. */
  public static Optional<String> in(String header) {
    return after(SCHEME, header);
  }

  /** Returns the token that a header, if there is one, has after {@code DPoP}. */
  public static Optional<String> boundIn(String header) {
    return after(DPOP, header);
  }

  /** Whether an {@code Authorization} header, which may be null, has the scheme DPoP. */
  public static boolean isDpop(String header) {
    return boundIn(header).isPresent();
  }

  private static Optional<String> after(String scheme, String header) {
    return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.of(header.substring(scheme.length()).strip())
        : Optional.empty();
  }
}

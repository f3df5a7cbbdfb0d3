package dev.signet.base.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * The levels of authentication: {@code acr} of OIDC Core, section 2, and {@code acr_values} of RFC
 * 9470. Each level includes the previous ones.
 */
public enum Acr {
  /** A login with the password, at any time. */
  PASSWORD("urn:signet:acr:password"),
  /** A login with the password that is not older than {@code signet.token.fresh}. */
  FRESH("urn:signet:acr:fresh");

  private final String text;

  Acr(String text) {
    this.text = text;
  }

  /** The value of {@code acr}. */
  public String text() {
    return text;
  }

  public static Optional<Acr> named(String text) {
    return Arrays.stream(values()).filter(level -> level.text.equals(text)).findFirst();
  }

  /**
   * Returns the level of a login.
   *
   * @param fresh the maximum age of a fresh login
   */
  public static Acr of(Instant authenticatedAt, Instant now, Duration fresh) {
    return authenticatedAt.plus(fresh).isBefore(now) ? PASSWORD : FRESH;
  }

  /**
   * Returns the level that satisfies a request. The values are alternatives, the preferred one
   * first (OIDC Core, section 3.1.2.1), so the lowest supported one is sufficient. Empty if no
   * value is supported.
   *
   * @param acrValues separated by spaces
   */
  public static Optional<Acr> least(String acrValues) {
    return SpaceSeparated.read(acrValues).stream()
        .flatMap(text -> named(text).stream())
        .min(Comparator.naturalOrder());
  }

  /** Whether this level satisfies the requested one. */
  public boolean reaches(Acr asked) {
    return compareTo(asked) >= 0;
  }
}

package dev.signet.base.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * How well it is known who somebody is: {@code acr} of OIDC Core, section 2, and {@code acr_values}
 * of RFC 9470. Each level has what those before it have.
 */
public enum Acr {
  /** A password, at some time. */
  PASSWORD("urn:signet:acr:password"),
  /** A password, not longer ago than {@code signet.token.fresh}. */
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
   * The level of a login.
   *
   * @param fresh how long a password counts as just shown
   */
  public static Acr of(Instant authenticatedAt, Instant now, Duration fresh) {
    return authenticatedAt.plus(fresh).isBefore(now) ? PASSWORD : FRESH;
  }

  /**
   * What a request asks for: the values are alternatives, the preferred one first (OIDC Core,
   * section 3.1.2.1), so that the lowest one that there is will do. Empty if it asks for nothing
   * that there is.
   *
   * @param acrValues separated by spaces
   */
  public static Optional<Acr> least(String acrValues) {
    return SpaceSeparated.read(acrValues).stream()
        .flatMap(text -> named(text).stream())
        .min(Comparator.naturalOrder());
  }

  /** Whether this is as much as is asked for. */
  public boolean reaches(Acr asked) {
    return compareTo(asked) >= 0;
  }
}

package dev.signet.keys;

import java.util.Map;
import java.util.Set;

/**
 * An access token whose signature and claims were checked.
 *
 * @param raw the token as it was presented
 * @param claims all claims by name, as strings, longs, lists and maps
 * @param groups the {@code groups} claim
 * @param expiresAt {@code exp} in seconds since 1970
 */
public record VerifiedToken(
    String raw, Map<String, Object> claims, Set<String> groups, long expiresAt) {

  /** The {@code sub} claim. */
  public String subject() {
    return (String) claims.get("sub");
  }

  /** The {@code upn} claim. */
  public String name() {
    return (String) claims.get("upn");
  }

  @Override
  public String toString() {
    return "VerifiedToken[jti=" + claims.get("jti") + "]";
  }
}

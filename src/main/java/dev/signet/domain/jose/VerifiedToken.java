package dev.signet.domain.jose;

import dev.signet.base.oauth.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An access token with verified signature and claims.
 *
 * @param raw the token as presented
 * @param claims all claims by name, as strings, longs, lists and maps
 * @param groups the {@code groups} claim
 * @param audience the {@code aud} claim
 * @param expiresAt {@code exp} in seconds since 1970
 */
public record VerifiedToken(
    String raw,
    Map<String, Object> claims,
    Set<String> groups,
    List<String> audience,
    long expiresAt) {

  /** The {@code sub} claim. */
  public String subject() {
    return (String) claims.get("sub");
  }

  /** The {@code upn} claim; for a client that acts for itself, its identifier. */
  public String name() {
    return text("upn").orElseGet(this::subject);
  }

  /** The {@code client_id} claim. */
  public String clientId() {
    return (String) claims.get("client_id");
  }

  /** The {@code jti} claim. */
  public String id() {
    return (String) claims.get("jti");
  }

  /** The {@code iat} claim in seconds since 1970. */
  public long issuedAt() {
    return (Long) claims.get("iat");
  }

  /** The {@code sid} claim: the session of the token. */
  public Optional<String> session() {
    return text("sid");
  }

  /** The {@code csrf} claim of a token that is delivered by cookie. */
  public Optional<String> csrf() {
    return text("csrf");
  }

  /** Whether the subject is a user, not a client. */
  public boolean isOfUser() {
    return claims.containsKey("upn");
  }

  /** The {@code scope} claim. */
  public Scope scope() {
    return text("scope").map(Scope::parse).orElse(Scope.NONE);
  }

  /** The {@code act} claim: the actor who uses the token on behalf of its subject (RFC 8693). */
  @SuppressWarnings("unchecked") // as JSON has it
  public Optional<Map<String, Object>> actor() {
    return claims.get("act") instanceof Map<?, ?> actor
        ? Optional.of((Map<String, Object>) actor)
        : Optional.empty();
  }

  /** The thumbprint of the key that it is bound to ({@code cnf}: RFC 9449, section 6.1). */
  public Optional<String> key() {
    return claims.get("cnf") instanceof Map<?, ?> confirmation
            && confirmation.get("jkt") instanceof String thumbprint
        ? Optional.of(thumbprint)
        : Optional.empty();
  }

  /** The {@code auth_time} claim: when the user last logged in with the password. */
  public Optional<Instant> authenticatedAt() {
    return claims.get("auth_time") instanceof Long seconds
        ? Optional.of(Instant.ofEpochSecond(seconds))
        : Optional.empty();
  }

  private Optional<String> text(String name) {
    return claims.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  @Override
  public String toString() {
    return "VerifiedToken[jti=" + claims.get("jti") + "]";
  }
}

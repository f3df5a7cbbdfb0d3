package dev.signet.domain.token;

import dev.signet.base.settings.TokenSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an access token is to contain, in named parts. {@link TokenIssuer} adds its own name, the
 * identifier of the token and the signature.
 */
final class AccessTokenRequest {
  final TokenSettings.Type type;
  final String clientId;
  final Instant issuedAt;
  final Duration lifetime;
  final Map<String, Object> further = new HashMap<>();
  String subject;
  Optional<String> name = Optional.empty();
  List<String> groups = List.of();
  List<String> audience = List.of();
  String scope;
  Optional<Instant> authenticatedAt = Optional.empty();
  Optional<String> session = Optional.empty();
  Optional<String> csrf = Optional.empty();
  boolean bound;

  /**
   * Begins a request.
   *
   * @param clientId who receives the token
   */
  AccessTokenRequest(
      TokenSettings.Type type, String clientId, Instant issuedAt, Duration lifetime) {
    this.type = type;
    this.clientId = clientId;
    this.issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
    this.lifetime = lifetime;
  }

  /**
   * For whom the token stands.
   *
   * @param name the username; empty for a client
   */
  AccessTokenRequest about(String id, Optional<String> name, List<String> groups) {
    subject = id;
    this.name = name;
    this.groups = groups;
    return this;
  }

  /** What the token allows, and where. */
  AccessTokenRequest allowing(String scope, List<String> audience) {
    this.scope = scope;
    this.audience = audience;
    return this;
  }

  /** The session that the token ends with, and when its user logged in. */
  AccessTokenRequest of(Optional<String> session, Optional<Instant> authenticatedAt) {
    this.session = session;
    this.authenticatedAt = authenticatedAt.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    return this;
  }

  /** The value that a browser repeats in a header, for a token in a cookie. */
  AccessTokenRequest inCookie(Optional<String> csrf) {
    this.csrf = csrf;
    return this;
  }

  /** The thumbprint of the key that the token is bound to (RFC 9449, section 6.1). */
  AccessTokenRequest boundTo(Optional<String> dpopKey) {
    dpopKey.ifPresent(key -> further.put("cnf", Map.of("jkt", key)));
    bound = dpopKey.isPresent();
    return this;
  }

  AccessTokenRequest with(String claim, Object value) {
    further.put(claim, value);
    return this;
  }

  AccessTokenRequest with(Map<String, Object> claims) {
    further.putAll(claims);
    return this;
  }

  @Override
  public String toString() {
    return "AccessTokenRequest[" + clientId + "]";
  }
}

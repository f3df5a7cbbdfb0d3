package dev.signet.domain.token;

import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.jose.Claims;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What an access token is to contain, in named parts. {@link TokenIssuer} adds its own name and the
 * signature.
 */
final class AccessTokenRequest {
  private final TokenSettings.Type type;
  private final String clientId;
  private final Instant issuedAt;
  private final Duration lifetime;
  private final Map<String, Object> further = new HashMap<>();
  private String subject;
  private Optional<String> name = Optional.empty();
  private List<String> groups = List.of();
  private List<String> audience = List.of();
  private String scope;
  private Optional<Instant> authenticatedAt = Optional.empty();
  private Optional<String> session = Optional.empty();
  private Optional<String> csrf = Optional.empty();
  private boolean bound;

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

  /** Returns the claims of the token, with an identifier of its own. */
  Claims claims(String issuer) {
    return new Claims(
        type,
        issuer,
        subject,
        name,
        groups,
        UUID.randomUUID().toString(),
        issuedAt,
        issuedAt.plus(lifetime),
        audience,
        clientId,
        scope,
        authenticatedAt,
        session,
        csrf,
        further);
  }

  /** Returns the token whose claims have been signed. */
  AccessToken signed(String token) {
    return new AccessToken(token, lifetime, bound);
  }

  @Override
  public String toString() {
    return "AccessTokenRequest[" + clientId + "]";
  }
}

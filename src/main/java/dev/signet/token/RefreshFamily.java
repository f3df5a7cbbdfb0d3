package dev.signet.token;

import dev.signet.keys.OpaqueToken;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * A session: one login, and all refresh tokens that follow from it. Who changes one has locked its
 * row before, so that rotation, renewal and revocation of one session come one after the other.
 */
@Entity
@Table(name = "refresh_families")
class RefreshFamily {
  @Id private String id;

  @Column(name = "user_id")
  private String userId;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  @Column(name = "last_used_at")
  private OffsetDateTime lastUsedAt;

  @Column(name = "last_issued_at")
  private OffsetDateTime lastIssuedAt;

  @Column(name = "authenticated_at")
  private OffsetDateTime authenticatedAt;

  @Column(name = "expires_at")
  private OffsetDateTime expiresAt;

  @Column(name = "idle_expires_at")
  private OffsetDateTime idleExpiresAt;

  private String source;

  @Column(name = "user_agent")
  private String userAgent;

  private String label;

  private String csrf;

  @Column(name = "revoked_at")
  private OffsetDateTime revokedAt;

  /** For JPA. */
  protected RefreshFamily() {}

  RefreshFamily(Login login, OffsetDateTime now, Duration lifetime, Duration idle) {
    id = UUID.randomUUID().toString();
    userId = login.user().id();
    createdAt = now;
    authenticatedAt = now;
    expiresAt = now.plus(lifetime);
    source = login.source();
    userAgent = login.userAgent();
    label = login.label().orElse(null);
    csrf = login.cookie() ? OpaqueToken.random().value() : null;
    use(now, idle);
  }

  /** Counts as being used: it lasts for another idle time, but never beyond its end. */
  final void use(OffsetDateTime now, Duration idle) {
    lastUsedAt = now;
    lastIssuedAt = now;
    OffsetDateTime end = now.plus(idle);
    idleExpiresAt = end.isBefore(expiresAt) ? end : expiresAt;
  }

  boolean isAlive(OffsetDateTime now) {
    return revokedAt == null && now.isBefore(idleExpiresAt);
  }

  boolean isRevoked() {
    return revokedAt != null;
  }

  String id() {
    return id;
  }

  String userId() {
    return userId;
  }

  OffsetDateTime createdAt() {
    return createdAt;
  }

  OffsetDateTime lastUsedAt() {
    return lastUsedAt;
  }

  OffsetDateTime authenticatedAt() {
    return authenticatedAt;
  }

  OffsetDateTime idleExpiresAt() {
    return idleExpiresAt;
  }

  String source() {
    return source;
  }

  String userAgent() {
    return userAgent;
  }

  Optional<String> label() {
    return Optional.ofNullable(label);
  }

  Optional<String> csrf() {
    return Optional.ofNullable(csrf);
  }

  @Override
  public String toString() {
    return "RefreshFamily[" + id + "]";
  }
}

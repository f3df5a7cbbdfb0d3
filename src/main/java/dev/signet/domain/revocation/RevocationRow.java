package dev.signet.domain.revocation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/** A stored revocation, read-only: the database sets its identifier and time. */
@Entity
@Table(name = "revocations")
class RevocationRow {
  @Id private long id;

  private String kind;

  private String subject;

  @Column(name = "not_before")
  private Long notBefore;

  @Column(name = "expires_at")
  private OffsetDateTime expiresAt;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  /** For JPA. */
  protected RevocationRow() {}

  long id() {
    return id;
  }

  Instant createdAt() {
    return createdAt.toInstant();
  }

  Revocation revocation() {
    return new Revocation(
        Revocation.Kind.named(kind),
        subject,
        notBefore == null ? OptionalLong.empty() : OptionalLong.of(notBefore),
        expiresAt.toInstant());
  }

  @Override
  public String toString() {
    return "RevocationRow[" + id + "]";
  }
}

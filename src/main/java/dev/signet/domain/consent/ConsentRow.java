package dev.signet.domain.consent;

import dev.signet.base.oauth.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** A stored consent. Changes go through {@link Consents}. */
@Entity
@Table(name = "consents")
@IdClass(ConsentKey.class)
class ConsentRow {
  @Id
  @Column(name = "user_id")
  private String userId;

  @Id
  @Column(name = "client_id")
  private String clientId;

  private String scope;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  @Column(name = "updated_at")
  private OffsetDateTime updatedAt;

  /** For JPA. */
  protected ConsentRow() {}

  ConsentRow(String userId, String clientId, Scope scope, OffsetDateTime now) {
    this.userId = userId;
    this.clientId = clientId;
    createdAt = now;
    change(scope, now);
  }

  final void change(Scope to, OffsetDateTime now) {
    scope = to.toString();
    updatedAt = now;
  }

  String clientId() {
    return clientId;
  }

  Scope scope() {
    return Scope.parse(scope);
  }

  OffsetDateTime createdAt() {
    return createdAt;
  }

  OffsetDateTime updatedAt() {
    return updatedAt;
  }

  @Override
  public String toString() {
    return "ConsentRow[" + userId + ", " + clientId + "]";
  }
}

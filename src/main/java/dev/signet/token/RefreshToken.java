package dev.signet.token;

import dev.signet.keys.OpaqueToken;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** What is known of a refresh token; retired ones stay for a while, so that reuse is noticed. */
@Entity
@Table(name = "refresh_tokens")
@NamedQuery(
    name = RefreshToken.RETIRE,
    query = "update RefreshToken t set t.usedAt = :now where t.hash = :hash and t.usedAt is null")
class RefreshToken {
  /** Retires a token that has not been used. */
  static final String RETIRE = "RefreshToken.retire";

  @Id private String hash;

  @Column(name = "family_id")
  private String familyId;

  @Column(name = "issued_at")
  private OffsetDateTime issuedAt;

  @Column(name = "used_at")
  private OffsetDateTime usedAt;

  @Basic private int siblings;

  /** For JPA. */
  protected RefreshToken() {}

  RefreshToken(OpaqueToken token, RefreshFamily family, OffsetDateTime now) {
    hash = token.hash();
    familyId = family.id();
    issuedAt = now;
  }

  @Override
  public String toString() {
    return "RefreshToken[family=" + familyId + "]";
  }
}

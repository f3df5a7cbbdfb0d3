package dev.signet.domain.session;

import dev.signet.base.secret.OpaqueToken;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** A stored refresh token. Retired tokens are kept for a while, so that reuse is detected. */
@Entity
@Table(name = "refresh_tokens")
@NamedNativeQuery(
    name = RefreshToken.ROTATE,
    query =
        """
        merge into refresh_tokens as stored using (
          select family.id, token.hash, token.is_next
          from (values (cast(?1 as varchar(43)), false), (cast(?2 as varchar(43)), true))
            as token (hash, is_next)
          cross join (
            select id from refresh_families where id = ?3 and revoked_at is null for update
          ) as family
        ) as given on stored.hash = given.hash
        when matched and stored.used_at is null and not given.is_next then
          update set used_at = ?4, used_by = ?5
        when not matched and given.is_next then
          insert (hash, family_id, issued_at) values (given.hash, given.id, ?6);
        update refresh_families set last_used_at = ?7, last_issued_at = ?8, idle_expires_at = ?9
        where id = ?10 and revoked_at is null
        """)
@NamedQuery(
    name = RefreshToken.RETIRED_BY,
    query =
        "select count(t) from RefreshToken t"
            + " where t.hash = :hash and t.usedBy = :sender and t.usedAt > :since")
class RefreshToken {
  /**
   * Retires a token, inserts its successor, and records the use of the session, in one round trip
   * to the database. Locks the session, then the token, as all code that ends sessions does.
   * Returns the number of tokens changed: 2; 1 (only the successor) if the token was already
   * retired; 0 if the session is revoked.
   */
  static final String ROTATE = "RefreshToken.rotate";

  /** Counts the token if the given sender retired it recently. */
  static final String RETIRED_BY = "RefreshToken.retiredBy";

  @Id private String hash;

  @Column(name = "family_id")
  private String familyId;

  @Column(name = "issued_at")
  private OffsetDateTime issuedAt;

  @Column(name = "used_at")
  private OffsetDateTime usedAt;

  /** The {@linkplain Presented#sender digest} of the request that retired it. */
  @Column(name = "used_by")
  private String usedBy;

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

package dev.signet.token;

import dev.signet.keys.OpaqueToken;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** What is known of a refresh token; retired ones stay for a while, so that reuse is noticed. */
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
          update set used_at = ?4
        when not matched and given.is_next then
          insert (hash, family_id, issued_at, siblings) values (given.hash, given.id, ?5, 0);
        update refresh_families set last_used_at = ?6, last_issued_at = ?7, idle_expires_at = ?8
        where id = ?9 and revoked_at is null
        """)
class RefreshToken {
  /**
   * Retires a token, adds the next one, and uses their family, in one exchange with the database.
   * Locks the family, then the token, as whatever ends sessions does. Counts the tokens that it
   * touches: 2; only the next one (1) if the former was retired before; none if the family is
   * revoked.
   */
  static final String ROTATE = "RefreshToken.rotate";

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

package dev.signet.domain.code;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.secret.Digest;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.client.Client;
import dev.signet.domain.session.Granted;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** A stored authorization code. Used codes are kept for a while, so that a replay is detected. */
@Entity
@Table(name = "authorization_codes")
@NamedQuery(
    name = AuthorizationCode.FIND,
    query =
        "select c, u, b from AuthorizationCode c join User u on u.id = c.userId"
            + " left join RefreshFamily b on b.id = c.browserId where c.hash = :hash")
@NamedNativeQuery(
    name = AuthorizationCode.REDEEM,
    query =
        """
        insert into refresh_families (id, user_id, created_at, last_used_at, last_issued_at,
          authenticated_at, expires_at, idle_expires_at, source, user_agent, label, client_id,
          granted, browser_id, offline)
        select cast(?1 as varchar(36)), u.id, cast(?2 as timestamp with time zone),
          cast(?3 as timestamp with time zone), cast(?4 as timestamp with time zone),
          cast(?5 as timestamp with time zone), cast(?6 as timestamp with time zone),
          cast(?7 as timestamp with time zone), cast(?8 as varchar(64)), '',
          cast(?9 as varchar(200)), c.client_id, cast(?10 as varchar(16000)), b.id,
          cast(?11 as boolean)
        from users u, authorization_codes c, refresh_families b
        where c.hash = ?12 and c.used_at is null and u.id = c.user_id and b.id = c.browser_id
          and b.revoked_at is null for update;
        insert into refresh_tokens (hash, family_id, issued_at)
        select cast(?13 as varchar(43)), id, created_at from refresh_families
        where id = ?14 and cast(?15 as boolean);
        update authorization_codes set used_at = ?16, family_id = ?17
        where hash = ?18 and exists (select 1 from refresh_families where id = ?19)
        """)
public class AuthorizationCode {
  /** Finds a code with its user and, if it exists, the browser session in which it was granted. */
  static final String FIND = "AuthorizationCode.find";

  /**
   * Inserts the session of a code with its refresh token and marks the code as used, in one round
   * trip to the database. Inserts nothing if the code, its user or its browser session was deleted
   * or ended in the meantime. Locks user, code and browser session, in this order.
   */
  static final String REDEEM = "AuthorizationCode.redeem";

  /** RFC 7636, section 4.1. */
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  @Id private String hash;

  @Column(name = "client_id")
  private String clientId;

  @Column(name = "user_id")
  private String userId;

  @Column(name = "browser_id")
  private String browserId;

  private String granted;

  @Column(name = "redirect_uri")
  private String redirectUri;

  @Column(name = "code_challenge")
  private String codeChallenge;

  @Column(name = "expires_at")
  private OffsetDateTime expiresAt;

  @Column(name = "used_at")
  private OffsetDateTime usedAt;

  @Column(name = "family_id")
  private String familyId;

  /** For JPA. */
  protected AuthorizationCode() {}

  AuthorizationCode(OpaqueToken code, CodeGrant grant, OffsetDateTime expiresAt) {
    hash = code.hash();
    clientId = grant.client().id();
    userId = grant.browser().user().id();
    browserId = grant.browser().id();
    granted = grant.granted().toJson();
    redirectUri = grant.redirectUri();
    codeChallenge = grant.codeChallenge().orElse(null);
    this.expiresAt = expiresAt;
  }

  boolean isOf(String client) {
    return clientId.equals(client);
  }

  boolean isUsed() {
    return usedAt != null;
  }

  boolean isExpired(OffsetDateTime now) {
    return !now.isBefore(expiresAt);
  }

  /**
   * Whether the request repeats the redirect URI of the code and proves the code challenge. With a
   * code verifier, the redirect URI may be omitted (OAuth 2.1).
   */
  boolean fits(PresentedCode presented) {
    boolean there = presented.redirectUri().map(redirectUri::equals).orElse(codeChallenge != null);
    return there
        && presented.codeVerifier().isPresent() == (codeChallenge != null)
        && !isGuess(presented);
  }

  /** Whether the request has a code verifier that does not match. */
  boolean isGuess(PresentedCode presented) {
    return codeChallenge != null
        && presented
            .codeVerifier()
            .filter(VERIFIER.asMatchPredicate().and(this::isChallenged).negate())
            .isPresent();
  }

  /** RFC 7636, section 4.6. */
  private boolean isChallenged(String verifier) {
    return Digest.isEqual(Digest.of(verifier), codeChallenge);
  }

  String hash() {
    return hash;
  }

  String userId() {
    return userId;
  }

  Granted granted() {
    return Granted.ofJson(granted);
  }

  /**
   * Returns what the user has granted with this code.
   *
   * @throws OAuthException {@link OAuthError#INVALID_GRANT} if the client could no longer obtain
   *     the code with its request
   */
  Granted grantedTo(Client client) {
    if (!client.mayRedirectTo(redirectUri)) {
      throw refusal("The redirect URI of the code is no longer registered for this client.");
    }
    if (codeChallenge == null && client.metadata().requirePkce()) {
      throw refusal(
          "The client now requires a code_challenge, which the authorization request lacked.");
    }
    return granted();
  }

  private static OAuthException refusal(String description) {
    return new OAuthException(OAuthError.INVALID_GRANT, description);
  }

  Optional<String> familyId() {
    return Optional.ofNullable(familyId);
  }

  @Override
  public String toString() {
    return "AuthorizationCode[" + clientId + "]";
  }
}

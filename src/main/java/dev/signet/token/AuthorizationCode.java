package dev.signet.token;

import dev.signet.keys.OpaqueToken;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An authorization code as it is stored; used ones stay for a while, so that a replay is noticed.
 */
@Entity
@Table(name = "authorization_codes")
@NamedQuery(
    name = AuthorizationCode.USER,
    query =
        "select u from User u where u.id = (select c.userId from AuthorizationCode c where c.hash = :hash)",
    lockMode = LockModeType.PESSIMISTIC_WRITE)
class AuthorizationCode {
  /** Finds and locks the user of a code. */
  static final String USER = "AuthorizationCode.user";

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
   * Whether it comes from where it was sent to, and from whoever has asked for it. The redirect URI
   * need not be repeated where a code verifier is (OAuth 2.1).
   */
  boolean fits(PresentedCode presented) {
    boolean there = presented.redirectUri().map(redirectUri::equals).orElse(codeChallenge != null);
    boolean own =
        codeChallenge == null
            ? presented.codeVerifier().isEmpty()
            : presented
                .codeVerifier()
                .filter(VERIFIER.asMatchPredicate().and(this::isChallenged))
                .isPresent();
    return there && own;
  }

  /** RFC 7636, section 4.6. */
  private boolean isChallenged(String verifier) {
    return MessageDigest.isEqual(
        new OpaqueToken(verifier).hash().getBytes(StandardCharsets.US_ASCII),
        codeChallenge.getBytes(StandardCharsets.US_ASCII));
  }

  String userId() {
    return userId;
  }

  String browserId() {
    return browserId;
  }

  Granted granted() {
    return Granted.ofJson(granted);
  }

  Optional<String> familyId() {
    return Optional.ofNullable(familyId);
  }

  /** It has given a family. */
  void use(OffsetDateTime now, String family) {
    usedAt = now;
    familyId = family;
  }

  @Override
  public String toString() {
    return "AuthorizationCode[" + clientId + "]";
  }
}

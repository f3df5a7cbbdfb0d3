package dev.signet.token;

import dev.signet.base.secret.Digest;
import dev.signet.client.Client;
import dev.signet.keys.OpaqueToken;
import dev.signet.oauth.Scope;
import dev.signet.origin.Origin;
import dev.signet.origin.Source;
import dev.signet.settings.RefreshSettings;
import dev.signet.settings.SessionSettings;
import dev.signet.user.User;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Query;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * A session: one login, or what one user has granted one client, and all refresh tokens that follow
 * from it. A browser's single sign-on is one, too, without refresh tokens. Who changes one locks
 * its row with that or before, so that rotation, renewal and revocation of one session come one
 * after the other.
 */
@Entity
@Table(name = "refresh_families")
@NamedQuery(
    name = RefreshFamily.OF_TOKEN,
    query =
        "select f, u from RefreshToken t, RefreshFamily f, User u where t.hash = :hash"
            + " and f.id = t.familyId and u.id = f.userId")
class RefreshFamily {
  /** Finds the family of a refresh token, and its user. */
  static final String OF_TOKEN = "RefreshFamily.ofToken";

  /** Before the hash of a CSRF value, which sessions of earlier versions have in clear. */
  private static final String HASHED = "sha256:";

  /** For those that issue no access tokens themselves. */
  private static final OffsetDateTime NEVER = Instant.EPOCH.atOffset(ZoneOffset.UTC);

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

  @Column(name = "client_id")
  private String clientId;

  private String granted;

  /** The same, for whoever asks again. */
  @Transient private Granted read;

  @Column(name = "browser_hash")
  private String browserHash;

  @Column(name = "browser_id")
  private String browserId;

  @Basic private boolean offline;

  /** For JPA. */
  protected RefreshFamily() {}

  /**
   * What follows from a login.
   *
   * @param csrfValue what the browser has to repeat when its tokens come by cookie
   */
  RefreshFamily(
      Login login,
      Optional<OpaqueToken> csrfValue,
      OffsetDateTime now,
      Duration lifetime,
      Duration idle) {
    this(login.user(), login.source(), login.userAgent(), now, now.plus(lifetime));
    authenticatedAt = now;
    label = login.label().orElse(null);
    csrf = csrfValue.map(RefreshFamily::hashed).orElse(null);
    use(now, idle);
  }

  /**
   * What a user has granted a client. One without a secret is known by its key from then on (RFC
   * 9449, section 5).
   *
   * @param dpopKey the thumbprint of the key that the request shows
   */
  RefreshFamily(
      Client client,
      User user,
      Granted granted,
      Optional<String> browserId,
      Optional<String> dpopKey,
      OffsetDateTime now,
      RefreshSettings settings) {
    this(
        user,
        Origin.current().source().map(Source::key).orElse(""),
        "",
        now,
        now.plus(settings.lifetime()));
    authenticatedAt = granted.authenticatedAt().atOffset(ZoneOffset.UTC);
    clientId = client.id();
    label = Optional.ofNullable(client.metadata().clientName()).orElse(client.id());
    read = granted.boundTo(client.metadata().isPublic() ? dpopKey : Optional.empty());
    this.granted = read.toJson();
    this.browserId = browserId.orElse(null);
    // It goes on when the user logs out (OIDC Core, section 11).
    offline = granted.scope().names().contains(Scope.OFFLINE);
    use(now, settings.idle());
  }

  private RefreshFamily(
      User user, String source, String userAgent, OffsetDateTime now, OffsetDateTime end) {
    id = UUID.randomUUID().toString();
    userId = user.id();
    createdAt = now;
    expiresAt = end;
    this.source = source;
    this.userAgent = userAgent;
  }

  /** The single sign-on of a browser. */
  static RefreshFamily ofBrowser(
      Login login, OpaqueToken secret, OffsetDateTime now, SessionSettings settings) {
    RefreshFamily browser =
        new RefreshFamily(login, Optional.empty(), now, settings.lifetime(), settings.idle());
    browser.browserHash = secret.hash();
    browser.lastIssuedAt = NEVER;
    return browser;
  }

  /** Its user has shown a password again; the browser gets another secret. */
  void reauthenticate(OpaqueToken secret, OffsetDateTime now, SessionSettings settings) {
    browserHash = secret.hash();
    authenticatedAt = now;
    expiresAt = now.plus(settings.lifetime());
    visit(now, settings.idle());
  }

  /** The browser was here again. */
  void visit(OffsetDateTime now, Duration idle) {
    use(now, idle);
    lastIssuedAt = NEVER;
  }

  /** Counts as being used: it lasts for another idle time, but never beyond its end. */
  final void use(OffsetDateTime now, Duration idle) {
    lastUsedAt = now;
    lastIssuedAt = now;
    OffsetDateTime end = now.plus(idle);
    idleExpiresAt = end.isBefore(expiresAt) ? end : expiresAt;
  }

  /** Sets the first parameters of {@link AuthorizationCode#REDEEM}. */
  void fill(Query redeem) {
    redeem
        .setParameter(1, id)
        .setParameter(2, createdAt)
        .setParameter(3, lastUsedAt)
        .setParameter(4, lastIssuedAt)
        .setParameter(5, authenticatedAt)
        .setParameter(6, expiresAt)
        .setParameter(7, idleExpiresAt)
        .setParameter(8, source)
        .setParameter(9, label)
        .setParameter(10, granted)
        .setParameter(11, offline);
  }

  /** Whether it has been used for longer than its last write covers. */
  boolean isToBeWritten(OffsetDateTime now) {
    return now.isAfter(lastIssuedAt);
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

  /** Whether the tokens come by cookie, which needs a defence against request forgery. */
  boolean isByCookie() {
    return csrf != null;
  }

  /** Whether a browser repeats the CSRF value of this session. */
  boolean hasCsrf(String presented) {
    String found = csrf.startsWith(HASHED) ? hashed(new OpaqueToken(presented)) : presented;
    return Digest.isEqual(found, csrf);
  }

  /** Keeps only what checks the value that was presented, also in a session from before. */
  void hashCsrf(String presented) {
    csrf = hashed(new OpaqueToken(presented));
  }

  private static String hashed(OpaqueToken value) {
    return HASHED + value.hash();
  }

  /** Whose tokens it gives; empty for Signet's own API, and for a browser. */
  Optional<String> clientId() {
    return Optional.ofNullable(clientId);
  }

  /** The session of single sign-on in which it was granted. */
  Optional<String> browserId() {
    return Optional.ofNullable(browserId);
  }

  /** Whether it goes on when the user logs out in the browser. */
  boolean isOffline() {
    return offline;
  }

  Optional<Granted> granted() {
    if (read == null && granted != null) {
      read = Granted.ofJson(granted);
    }
    return Optional.ofNullable(read);
  }

  @Override
  public String toString() {
    return "RefreshFamily[" + id + "]";
  }
}

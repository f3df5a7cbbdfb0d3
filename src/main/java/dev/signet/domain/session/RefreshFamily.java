package dev.signet.domain.session;

import dev.signet.base.oauth.Scope;
import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import dev.signet.base.secret.Digest;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.RefreshSettings;
import dev.signet.base.settings.SessionSettings;
import dev.signet.domain.client.Client;
import dev.signet.domain.user.User;
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
 * A stored session: of a login, of a grant to a client, or of a browser (single sign-on, without
 * refresh tokens). All refresh tokens of a session belong to it. Every change locks the row, so
 * that rotation, renewal and revocation of a session are serialized.
 */
@Entity
@Table(name = "refresh_families")
@NamedQuery(
    name = RefreshFamily.OF_TOKEN,
    query =
        "select f, u from RefreshToken t, RefreshFamily f, User u where t.hash = :hash"
            + " and f.id = t.familyId and u.id = f.userId")
public class RefreshFamily {
  /** Finds the session of a refresh token, and its user. */
  static final String OF_TOKEN = "RefreshFamily.ofToken";

  /** Prefix of the hash of a CSRF value, which sessions of earlier versions store in clear text. */
  private static final String HASHED = "sha256:";

  /** For sessions that issue no access tokens themselves. */
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

  /** The parsed grant, cached. */
  @Transient private Granted read;

  @Column(name = "browser_hash")
  private String browserHash;

  @Column(name = "browser_id")
  private String browserId;

  @Basic private boolean offline;

  /** For JPA. */
  protected RefreshFamily() {}

  /**
   * Creates the session of a login.
   *
   * @param csrfValue the CSRF value for a session in cookies
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
   * Creates the session of a grant to a client. The session of a public client is bound to its DPoP
   * key (RFC 9449, section 5).
   *
   * @param dpopKey the thumbprint of the key of the DPoP proof
   */
  public RefreshFamily(
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
    // Offline access continues after the user logs out (OIDC Core, section 11).
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

  /** Creates the session of a browser (single sign-on). */
  static RefreshFamily ofBrowser(
      Login login, OpaqueToken secret, OffsetDateTime now, SessionSettings settings) {
    RefreshFamily browser =
        new RefreshFamily(login, Optional.empty(), now, settings.lifetime(), settings.idle());
    browser.browserHash = secret.hash();
    browser.lastIssuedAt = NEVER;
    return browser;
  }

  /** Records that the user logged in again; the browser gets a new secret. */
  void reauthenticate(OpaqueToken secret, OffsetDateTime now, SessionSettings settings) {
    browserHash = secret.hash();
    authenticatedAt = now;
    expiresAt = now.plus(settings.lifetime());
    visit(now, settings.idle());
  }

  /** Records a visit of the browser. */
  void visit(OffsetDateTime now, Duration idle) {
    use(now, idle);
    lastIssuedAt = NEVER;
  }

  /**
   * Records a use: the session is extended by the idle time, but not beyond its maximum lifetime.
   */
  final void use(OffsetDateTime now, Duration idle) {
    lastUsedAt = now;
    lastIssuedAt = now;
    OffsetDateTime end = now.plus(idle);
    idleExpiresAt = end.isBefore(expiresAt) ? end : expiresAt;
  }

  /** Sets the first parameters of {@code AuthorizationCode#REDEEM}. */
  public void fill(Query redeem) {
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

  /** Whether this use must be written, because the last write no longer covers it. */
  boolean isToBeWritten(OffsetDateTime now) {
    return now.isAfter(lastIssuedAt);
  }

  public boolean isAlive(OffsetDateTime now) {
    return revokedAt == null && now.isBefore(idleExpiresAt);
  }

  boolean isRevoked() {
    return revokedAt != null;
  }

  public String id() {
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

  /** Whether the tokens are delivered in cookies, which require CSRF protection. */
  boolean isByCookie() {
    return csrf != null;
  }

  /** Whether the presented value is the CSRF value of this session. */
  boolean hasCsrf(String presented) {
    String found = csrf.startsWith(HASHED) ? hashed(new OpaqueToken(presented)) : presented;
    return Digest.isEqual(found, csrf);
  }

  /** Replaces the CSRF value by its hash, also in a session of an earlier version. */
  void hashCsrf(String presented) {
    csrf = hashed(new OpaqueToken(presented));
  }

  private static String hashed(OpaqueToken value) {
    return HASHED + value.hash();
  }

  /** Returns the client; empty for Signet's own API and for a browser. */
  Optional<String> clientId() {
    return Optional.ofNullable(clientId);
  }

  /** Returns the browser session in which it was granted. */
  Optional<String> browserId() {
    return Optional.ofNullable(browserId);
  }

  /** Whether the session continues when the user logs out in the browser. */
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

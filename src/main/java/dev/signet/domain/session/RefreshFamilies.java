package dev.signet.domain.session;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Scope;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.RefreshSettings;
import dev.signet.base.settings.value.Limit;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.client.Client;
import dev.signet.domain.credential.Authenticator;
import dev.signet.domain.guard.RateLimits;
import dev.signet.domain.user.User;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Opens sessions, and issues tokens for them. Each method is one transaction, and locks the session
 * first and its refresh token second, as all code that ends sessions does.
 */
@Stateless
public class RefreshFamilies {
  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private RefreshTokens tokens;
  private RefreshSettings settings;
  private Clock clock;
  private Sessions sessions;
  private RateLimits limits;
  private GrantPolicy policy;

  /** For the container's proxy. */
  public RefreshFamilies() {}

  @Inject
  RefreshFamilies(
      RefreshSettings settings,
      Clock clock,
      Sessions sessions,
      RateLimits limits,
      GrantPolicy policy) {
    this.settings = settings;
    this.clock = clock;
    this.sessions = sessions;
    this.limits = limits;
    this.policy = policy;
  }

  /** For tests against a bare entity manager. */
  public RefreshFamilies(
      EntityManager entities,
      RefreshSettings settings,
      Clock clock,
      Sessions sessions,
      RateLimits limits,
      GrantPolicy policy) {
    this(settings, clock, sessions, limits, policy);
    this.entities = entities;
    useEntities();
  }

  @PostConstruct
  void useEntities() {
    tokens = new RefreshTokens(entities);
  }

  /**
   * Opens a session, unless the account has changed since the password was checked.
   *
   * @throws Refusal {@link Problem#INVALID_CREDENTIALS}
   */
  public OpenSession open(Login login) {
    OffsetDateTime now = Clocks.utc(clock);
    // Ending all sessions of a user takes the same lock, so it either sees this session or precedes
    // it.
    User user = entities.find(User.class, login.user().id(), LockModeType.PESSIMISTIC_WRITE);
    if (user == null || !user.mayLogIn(now.toInstant()) || !user.hasPasswordOf(login.user())) {
      throw Authenticator.refusal();
    }
    Optional<OpaqueToken> csrf =
        login.cookie() ? Optional.of(OpaqueToken.random()) : Optional.empty();
    RefreshFamily family =
        new RefreshFamily(login, csrf, now, settings.lifetime(), settings.idle());
    entities.persist(family);
    entities.flush();
    return OpenSession.of(user, family, Optional.of(tokens.add(family, now)))
        .withCsrf(csrf.map(OpaqueToken::value));
  }

  /**
   * Opens a session for a grant to a client, with a refresh token if the client may use one. Runs
   * in the caller's transaction.
   *
   * @param user locked by the caller
   * @param browserId the browser session of the grant
   * @param dpopKey the thumbprint of the key of the DPoP proof
   * @throws OAuthException {@link OAuthError#INVALID_GRANT} if the user may no longer log in, or
   *     has logged out in that browser
   */
  public OpenSession open(
      Client client,
      User user,
      Granted granted,
      Optional<String> browserId,
      Optional<String> dpopKey) {
    OffsetDateTime now = Clocks.utc(clock);
    if (!user.mayLogIn(now.toInstant())) {
      throw loggedOut();
    }
    if (browserId.isPresent()) {
      // Ending the browser session takes the same lock, so it either sees this session or precedes
      // it.
      RefreshFamily browser = lock(browserId.get()).orElse(null);
      if (browser == null || !browser.isAlive(now)) {
        throw loggedOut();
      }
    }
    RefreshFamily family =
        new RefreshFamily(client, user, granted, browserId, dpopKey, now, settings);
    entities.persist(family);
    entities.flush();
    Optional<OpaqueToken> token =
        client.refreshes() ? Optional.of(tokens.add(family, now)) : Optional.empty();
    return OpenSession.of(user, family, token);
  }

  public static OAuthException loggedOut() {
    return new OAuthException(OAuthError.INVALID_GRANT, "The user has logged out.");
  }

  /**
   * Exchanges a refresh token for its successor. Within the grace period, the sender that has
   * exchanged the token gets further successors: for other tabs of a browser, or for a request that
   * is repeated because its response was lost. Otherwise two parties have the token, and the
   * session ends (RFC 9700, section 4.14.2).
   *
   * @return the result, also for a refused token: the caller refuses the request after the changes
   *     are committed
   * @throws Refusal {@link Problem#RATE_LIMITED}; nothing is changed then
   * @throws OAuthException as {@link GrantPolicy} specifies; nothing is changed then
   */
  public Rotation rotate(Presented presented) {
    OffsetDateTime now = Clocks.utc(clock);
    OpaqueToken token = new OpaqueToken(presented.refreshToken());
    String hash = token.hash();
    Optional<RefreshTokens.Found> found =
        tokens
            .find(hash)
            // The token belongs to another client, which must neither learn anything nor harm the
            // owner.
            .filter(its -> its.family().clientId().equals(presented.clientId()));
    if (found.isEmpty()) {
      return Rotation.unknown(token);
    }
    RefreshFamily family = found.get().family();
    User user = found.get().user();
    if (!family.isAlive(now)) {
      return Rotation.refused(family.isRevoked() ? Reason.REVOKED : Reason.EXPIRED, family);
    }
    limits.admit(Limit.REFRESH_ACCOUNT, family.userId());
    if (isForged(family, presented.csrf())) {
      return Rotation.refused(Reason.CSRF, family);
    }
    Optional<Granted> granted = family.granted();
    if (granted.flatMap(Granted::dpopKey).filter(key -> !presented.has(key)).isPresent()) {
      return Rotation.refused(Reason.MISMATCH, family);
    }
    Optional<Granted> limited =
        presented.client().flatMap(c -> granted.map(g -> policy.refreshed(c, g, presented)));
    if (presented.client().filter(client -> isLoggedOut(family, client)).isPresent()) {
      return Rotation.refused(Reason.REVOKED, family);
    }
    if (!user.mayLogIn(now.toInstant())) {
      return Rotation.refused(Reason.DISABLED, family);
    }
    if (isKept(presented, family) && tokens.isCurrent(hash)) {
      return keep(presented, family, user, now, limited);
    }
    OpaqueToken next = OpaqueToken.random();
    String sender = presented.sender();
    entities.detach(family);
    family.use(now, settings.idle());
    int touched = tokens.rotate(family, hash, next, sender, now);
    if (touched == 0) {
      return Rotation.refused(Reason.REVOKED, family);
    }
    boolean first = touched == 2;
    if (first || isRepeated(sender, hash, now)) {
      OpenSession session =
          OpenSession.of(user, family, Optional.of(next))
              .withCsrf(presented.csrf().filter(value -> family.isByCookie()));
      return Rotation.done(
          first ? EventType.REFRESHED : EventType.REFRESH_REPEATED,
          limited.map(session::limitedTo).orElse(session));
    }
    sessions.end(user.id(), family.id());
    return Rotation.reused(family);
  }

  private boolean isKept(Presented presented, RefreshFamily family) {
    boolean isBound = family.granted().flatMap(Granted::dpopKey).isPresent();
    return presented
        .client()
        .filter(client -> client.keepsRefreshToken(settings.rotation(), isBound))
        .isPresent();
  }

  /**
   * Uses a session without rotation of its refresh token. The session row is updated only after a
   * part of the idle time. Until then, {@code last_issued_at} lies in the future, so that ending
   * the session also revokes the access tokens issued in between.
   */
  private Rotation keep(
      Presented presented,
      RefreshFamily family,
      User user,
      OffsetDateTime now,
      Optional<Granted> limited) {
    boolean isDue = family.isToBeWritten(now);
    entities.detach(family);
    family.use(now, settings.idle());
    if (isDue && !tokens.use(family, now.plus(settings.unwritten()))) {
      return Rotation.refused(Reason.REVOKED, family);
    }
    OpaqueToken same = new OpaqueToken(presented.refreshToken());
    OpenSession session = OpenSession.of(user, family, Optional.of(same));
    return Rotation.done(EventType.REFRESHED, limited.map(session::limitedTo).orElse(session));
  }

  /**
   * Returns the session that a client's refresh token would give now; empty if the token is
   * retired, invalid or another client's. Changes nothing.
   */
  public Optional<OpenSession> look(String refreshToken, Client client) {
    if (!client.refreshes()) {
      return Optional.empty();
    }
    OffsetDateTime now = Clocks.utc(clock);
    return entities
        .createQuery(
            "select f from RefreshFamily f, RefreshToken t where t.hash = :hash"
                + " and t.usedAt is null and f.id = t.familyId and f.clientId = :client",
            RefreshFamily.class)
        .setParameter("hash", new OpaqueToken(refreshToken).hash())
        .setParameter("client", client.id())
        .getResultStream()
        .findFirst()
        .filter(family -> family.isAlive(now) && !isLoggedOut(family, client))
        .flatMap(
            family ->
                Optional.ofNullable(entities.find(User.class, family.userId()))
                    .filter(user -> user.mayLogIn(now.toInstant()))
                    .map(user -> OpenSession.of(user, family, Optional.empty())))
        .flatMap(
            session ->
                session
                    .granted()
                    .flatMap(granted -> policy.find(client, granted))
                    .map(session::limitedTo));
  }

  /**
   * Whether the client has lost the offline access of this session, and the user has logged out in
   * the browser (OpenID Connect Core 1.0, section 11).
   */
  private boolean isLoggedOut(RefreshFamily family, Client client) {
    if (!family.isOffline() || client.scope().names().contains(Scope.OFFLINE)) {
      return false;
    }
    RefreshFamily browser =
        family.browserId().map(id -> entities.find(RefreshFamily.class, id)).orElse(null);
    return family.browserId().isPresent() && (browser == null || browser.isRevoked());
  }

  /**
   * Uses a session whose tokens are in cookies, without a new refresh token.
   *
   * @param csrf the CSRF value in its access token
   */
  public Optional<OpenSession> renew(String id, String csrf) {
    OffsetDateTime now = Clocks.utc(clock);
    Optional<RefreshFamily> alive =
        lock(id)
            .filter(family -> family.isAlive(now) && family.isByCookie() && family.hasCsrf(csrf));
    if (alive.isEmpty()) {
      return Optional.empty();
    }
    RefreshFamily family = alive.get();
    User user = entities.find(User.class, family.userId());
    if (user == null || !user.mayLogIn(now.toInstant())) {
      return Optional.empty();
    }
    family.use(now, settings.idle());
    family.hashCsrf(csrf);
    return Optional.of(OpenSession.of(user, family, Optional.empty()).withCsrf(Optional.of(csrf)));
  }

  private boolean isRepeated(String sender, String hash, OffsetDateTime now) {
    // Without a grace period, never, even if the clock of another node is ahead.
    return !settings.grace().isZero()
        && tokens.isRetiredBy(sender, hash, now.minus(settings.grace()));
  }

  private Optional<RefreshFamily> lock(String id) {
    return Optional.ofNullable(
        entities.find(RefreshFamily.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  private static boolean isForged(RefreshFamily family, Optional<String> csrf) {
    return family.isByCookie() && !family.hasCsrf(csrf.orElse(""));
  }
}

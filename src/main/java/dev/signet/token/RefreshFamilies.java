package dev.signet.token;

import dev.signet.audit.EventType;
import dev.signet.audit.Reason;
import dev.signet.client.Client;
import dev.signet.guard.RateLimits;
import dev.signet.keys.OpaqueToken;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.oauth.Scope;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.settings.Limit;
import dev.signet.settings.RefreshSettings;
import dev.signet.user.Authenticator;
import dev.signet.user.User;
import dev.signet.wiring.Clocks;
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
 * The stored sessions, as far as tokens are issued for them. One method, one transaction; each
 * locks its session first and its refresh token then, as whatever ends sessions does.
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
  RefreshFamilies(
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
    // Whoever ends all sessions of a user has the same lock, and so sees this one or comes first.
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
   * Opens what a user has granted a client, with a refresh token if the client may use one.
   *
   * @param user locked by the caller, whose transaction this is part of
   * @param browserId in which it was granted
   * @param dpopKey the thumbprint of the key that the request shows
   * @throws OAuthException {@link OAuthError#INVALID_GRANT} if the user may not log in any more, or
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
      // Whoever ends it has the same lock, and so sees this session or comes first.
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

  static OAuthException loggedOut() {
    return new OAuthException(OAuthError.INVALID_GRANT, "The user has logged out.");
  }

  /**
   * Exchanges a refresh token for its successor. Within the grace, the sender that has exchanged it
   * gets siblings of that successor: further tabs of a browser, or a request that is repeated
   * because its answer was lost. Otherwise two parties have the token, and the session ends (RFC
   * 9700, section 4.14.2).
   *
   * @return also when the token is refused: the caller does so when what has changed is committed
   * @throws Refusal {@link Problem#RATE_LIMITED}; nothing has changed then
   * @throws OAuthException as {@link GrantPolicy} has it; nothing has changed then
   */
  public Rotation rotate(Presented presented) {
    OffsetDateTime now = Clocks.utc(clock);
    OpaqueToken token = new OpaqueToken(presented.refreshToken());
    String hash = token.hash();
    Optional<RefreshTokens.Found> found =
        tokens
            .find(hash)
            // A token in others' hands: they learn nothing, and its owner loses nothing.
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
   * Uses a session whose refresh token stays the same. The session is written when a part of the
   * idle time has passed. Until then {@code last_issued_at} lies ahead, so that whatever ends the
   * session revokes the access tokens that it gives meanwhile.
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
   * Finds what a client's refresh token would give now; nothing if it is retired, another client's,
   * or not good for other reasons. Changes nothing.
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
   * Whether a session that was granted offline access has lost it with the client's registration,
   * and its user has logged out in the browser (OpenID Connect Core 1.0, section 11).
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
   * @param csrf the value that its access token has
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
    // Without a grace never, even if another node's clock is ahead.
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

package dev.signet.token;

import dev.signet.guard.RateLimits;
import dev.signet.keys.OpaqueToken;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.settings.Limit;
import dev.signet.settings.RefreshSettings;
import dev.signet.user.Authenticator;
import dev.signet.user.User;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The stored sessions, as far as tokens are issued for them. One method, one transaction; each
 * locks its session first and its refresh token then, as whatever ends sessions does.
 */
@Stateless
public class RefreshFamilies {
  private static final Logger LOG = System.getLogger(RefreshFamilies.class.getName());

  /** Further successors of one refresh token within the grace: some tabs of a browser. */
  private static final int MOST_SIBLINGS = 4;

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private RefreshSettings settings;
  private Clock clock;
  private Sessions sessions;
  private RateLimits limits;

  /** For the container's proxy. */
  public RefreshFamilies() {}

  @Inject
  RefreshFamilies(RefreshSettings settings, Clock clock, Sessions sessions, RateLimits limits) {
    this.settings = settings;
    this.clock = clock;
    this.sessions = sessions;
    this.limits = limits;
  }

  /** For tests against a bare entity manager. */
  RefreshFamilies(
      EntityManager entities,
      RefreshSettings settings,
      Clock clock,
      Sessions sessions,
      RateLimits limits) {
    this(settings, clock, sessions, limits);
    this.entities = entities;
  }

  /**
   * Opens a session, unless the account has changed since the password was checked.
   *
   * @throws Refusal {@link Problem#INVALID_CREDENTIALS}
   */
  public OpenSession open(Login login) {
    OffsetDateTime now = now();
    // Whoever ends all sessions of a user has the same lock, and so sees this one or comes first.
    User user = entities.find(User.class, login.user().id(), LockModeType.PESSIMISTIC_WRITE);
    if (user == null || !user.mayLogIn(now.toInstant()) || !user.hasPasswordOf(login.user())) {
      throw Authenticator.refusal();
    }
    RefreshFamily family = new RefreshFamily(login, now, settings.lifetime(), settings.idle());
    entities.persist(family);
    entities.flush();
    return OpenSession.of(user, family, Optional.of(addToken(family, now)));
  }

  /**
   * Exchanges a refresh token for its successor. One that was exchanged before gives a sibling of
   * that successor within the grace; after it, somebody else has the token, and the session ends.
   *
   * @param csrf what the client repeats when its tokens come by cookie
   * @return empty if the session was ended: the caller refuses when that is committed
   * @throws Refusal {@link Problem#INVALID_REFRESH_TOKEN}, {@link Problem#CSRF}, or {@link
   *     Problem#RATE_LIMITED}; nothing has changed then
   */
  public Optional<OpenSession> rotate(String presented, Optional<String> csrf) {
    OffsetDateTime now = now();
    String hash = new OpaqueToken(presented).hash();
    RefreshFamily family =
        familyOf(hash).flatMap(id -> lockAlive(id, now)).orElseThrow(RefreshFamilies::refusal);
    limits.admit(Limit.REFRESH_ACCOUNT, family.userId());
    refuseForgery(family, csrf);
    User user =
        Optional.ofNullable(entities.find(User.class, family.userId()))
            .filter(found -> found.mayLogIn(now.toInstant()))
            .orElseThrow(RefreshFamilies::refusal);
    if (retire(hash, now) || addSibling(hash, now)) {
      family.use(now, settings.idle());
      return Optional.of(OpenSession.of(user, family, Optional.of(addToken(family, now))));
    }
    sessions.end(user.id(), family.id());
    LOG.log(
        Level.WARNING,
        "A refresh token was used again: session {0} of user {1} is ended",
        family.id(),
        user.id());
    return Optional.empty();
  }

  /** Uses a session whose tokens are in cookies, without a new refresh token. */
  public Optional<OpenSession> renew(String id) {
    OffsetDateTime now = now();
    Optional<RefreshFamily> alive = lockAlive(id, now).filter(family -> family.csrf().isPresent());
    if (alive.isEmpty()) {
      return Optional.empty();
    }
    RefreshFamily family = alive.get();
    User user = entities.find(User.class, family.userId());
    if (user == null || !user.mayLogIn(now.toInstant())) {
      return Optional.empty();
    }
    family.use(now, settings.idle());
    return Optional.of(OpenSession.of(user, family, Optional.empty()));
  }

  /** Unknown, expired, revoked or used again: a thief does not learn which. */
  static Refusal refusal() {
    return new Refusal(
        Problem.INVALID_REFRESH_TOKEN, "The refresh token is not valid. Log in again.");
  }

  private Optional<String> familyOf(String hash) {
    return entities
        .createQuery("select t.familyId from RefreshToken t where t.hash = :hash", String.class)
        .setParameter("hash", hash)
        .getResultStream()
        .findFirst();
  }

  private Optional<RefreshFamily> lockAlive(String id, OffsetDateTime now) {
    return Optional.ofNullable(
            entities.find(RefreshFamily.class, id, LockModeType.PESSIMISTIC_WRITE))
        .filter(family -> family.isAlive(now));
  }

  private static void refuseForgery(RefreshFamily family, Optional<String> csrf) {
    boolean same =
        family
            .csrf()
            .map(expected -> MessageDigest.isEqual(bytes(expected), bytes(csrf.orElse(""))))
            .orElse(true);
    if (!same) {
      throw new Refusal(Problem.CSRF, "Repeat the value of the CSRF cookie in X-CSRF-Token.");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Of those who present a token at the same moment, one gets true. */
  private boolean retire(String hash, OffsetDateTime now) {
    return entities
            .createQuery(
                "update RefreshToken t set t.usedAt = :now where t.hash = :hash"
                    + " and t.usedAt is null")
            .setParameter("now", now)
            .setParameter("hash", hash)
            .executeUpdate()
        == 1;
  }

  private boolean addSibling(String hash, OffsetDateTime now) {
    if (settings.grace().isZero()) {
      return false; // Even if another node's clock is ahead.
    }
    return entities
            .createQuery(
                "update RefreshToken t set t.siblings = t.siblings + 1 where t.hash = :hash"
                    + " and t.siblings < :most and t.usedAt > :since")
            .setParameter("hash", hash)
            .setParameter("most", MOST_SIBLINGS)
            .setParameter("since", now.minus(settings.grace()))
            .executeUpdate()
        == 1;
  }

  private OpaqueToken addToken(RefreshFamily family, OffsetDateTime now) {
    OpaqueToken token = OpaqueToken.random();
    entities.persist(new RefreshToken(token, family, now));
    return token;
  }

  /** As precise as both databases keep it. */
  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
  }
}

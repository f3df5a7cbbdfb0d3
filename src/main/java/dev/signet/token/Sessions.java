package dev.signet.token;

import dev.signet.keys.OpaqueToken;
import dev.signet.paging.Page;
import dev.signet.paging.PageQuery;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.settings.TokenSettings;
import dev.signet.user.User;
import dev.signet.wiring.Clocks;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Lists sessions and ends them, together with the access tokens that they have given. One method,
 * one transaction, or part of the caller's.
 */
@Stateless
public class Sessions {
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
  private static final String WITH_WHAT_WAS_GRANTED =
      "(id = ?4 or (browser_id = ?4 and offline = false))";

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private TokenSettings tokens;
  private Clock clock;
  private Consumer<Revoked> revoked;

  /** For the container's proxy. */
  public Sessions() {}

  @Inject
  Sessions(TokenSettings tokens, Clock clock, Event<Revoked> revoked) {
    this.tokens = tokens;
    this.clock = clock;
    this.revoked = revoked::fire;
  }

  /** For tests against a bare entity manager. */
  Sessions(EntityManager entities, TokenSettings tokens, Clock clock, Consumer<Revoked> revoked) {
    this.entities = entities;
    this.tokens = tokens;
    this.clock = clock;
    this.revoked = revoked;
  }

  /** Lists a user's sessions that have not ended, newest first. */
  public Page<Session> list(String userId, PageQuery query) {
    StringBuilder jpql =
        new StringBuilder(
            "select f from RefreshFamily f where f.userId = :user and f.revokedAt is null"
                + " and f.idleExpiresAt > :now");
    if (query.after().isPresent()) {
      jpql.append(" and (f.createdAt < :time or (f.createdAt = :time and f.id < :id))");
    }
    TypedQuery<RefreshFamily> select =
        entities
            .createQuery(
                jpql.append(" order by f.createdAt desc, f.id desc").toString(),
                RefreshFamily.class)
            .setParameter("user", userId)
            .setParameter("now", Clocks.utc(clock));
    query
        .after()
        .ifPresent(
            cursor ->
                select
                    .setParameter("time", cursor.time().atOffset(ZoneOffset.UTC))
                    .setParameter("id", cursor.id()));
    List<Session> found =
        select.setMaxResults(query.limit() + 1).getResultList().stream().map(Session::of).toList();
    return Page.of(
        found, query.limit(), last -> new PageQuery.Cursor(last.createdAt(), last.id()).text());
  }

  /**
   * Finds what a user who may log in has granted a client.
   *
   * @param id of the session, the claim {@code sid}
   */
  public Optional<UserGrant> granted(String id) {
    RefreshFamily family = isId(id) ? entities.find(RefreshFamily.class, id) : null;
    if (family == null || family.isRevoked() || family.granted().isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(entities.find(User.class, family.userId()))
        .filter(user -> user.mayLogIn(clock.instant()))
        .map(
            user ->
                new UserGrant(
                    user, family.clientId().orElseThrow(), family.granted().orElseThrow()));
  }

  /**
   * Ends one session of a user, and what was granted to clients in it.
   *
   * @return whether it was there
   */
  public boolean end(String userId, String id) {
    return isId(id) && lock(userId, id) && end(userId, WITH_WHAT_WAS_GRANTED, id) > 0;
  }

  /**
   * Whether something was granted to a client in a session of single sign-on.
   *
   * @param id of what was granted, the claim {@code sid}
   */
  public boolean isGrantedIn(String browserId, String id, String clientId) {
    return granted(id, clientId)
        .flatMap(RefreshFamily::browserId)
        .filter(browserId::equals)
        .isPresent();
  }

  /**
   * Ends what was granted in a session of single sign-on by which no browser is logged in any more,
   * because nobody has used it for too long.
   *
   * @param id of what was granted to a client in it, the claim {@code sid}
   * @return whose it was; empty if it is not that client's, had ended before, or is still the
   *     session of a browser
   */
  public Optional<String> endForgotten(String id, String clientId) {
    RefreshFamily grant = granted(id, clientId).orElse(null);
    if (grant == null) {
      return Optional.empty();
    }
    String user = grant.userId();
    // There may be no row of that session which others could wait for.
    entities.find(User.class, user, LockModeType.PESSIMISTIC_WRITE);
    lockBrowsers(user);
    return grant
        .browserId()
        .filter(browser -> !isAlive(browser))
        .filter(browser -> end(user, WITH_WHAT_WAS_GRANTED, browser) > 0)
        .map(browser -> user);
  }

  private Optional<RefreshFamily> granted(String id, String clientId) {
    return Optional.ofNullable(isId(id) ? entities.find(RefreshFamily.class, id) : null)
        .filter(grant -> grant.clientId().equals(Optional.of(clientId)));
  }

  private boolean isAlive(String browserId) {
    RefreshFamily browser = entities.find(RefreshFamily.class, browserId);
    return browser != null && browser.isAlive(Clocks.utc(clock));
  }

  /** With this lock, nothing is granted in it meanwhile. */
  private boolean lock(String userId, String id) {
    return !entities
        .createNativeQuery(
            "select id from refresh_families where id = ?1 and user_id = ?2 and revoked_at is null"
                + " for update")
        .setParameter(1, id)
        .setParameter(2, userId)
        .getResultList()
        .isEmpty();
  }

  /** Ends all sessions of a user but the one that is kept, if any. */
  public void endOthers(String userId, Optional<String> kept) {
    // With this lock, no session is opened meanwhile, and sessions are ended by one at a time.
    if (entities.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE) != null) {
      lockBrowsers(userId);
      end(userId, "id <> ?4", kept.orElse(""));
    }
  }

  /** Ends all sessions that a user has with a client, and what would open another one. */
  public void endOfClient(String userId, String clientId) {
    for (String waiting :
        List.of(
            "authorization_codes where used_at is null", "device_codes where state <> 'used'")) {
      entities
          .createNativeQuery("delete from " + waiting + " and user_id = ?1 and client_id = ?2")
          .setParameter(1, userId)
          .setParameter(2, clientId)
          .executeUpdate();
    }
    lockBrowsers(userId);
    end(userId, "client_id = ?4", clientId);
  }

  /**
   * A logout locks a browser's session first, and what was granted in it then. Whoever ends several
   * sessions in another order would meet it half way, and both would wait for ever.
   */
  private void lockBrowsers(String userId) {
    entities
        .createNativeQuery(
            "select id from refresh_families where user_id = ?1 and browser_hash is not null"
                + " and revoked_at is null order by id for update")
        .setParameter(1, userId)
        .getResultList();
  }

  /**
   * Ends the session that a refresh token belongs to, retired or not.
   *
   * @param clientId whose token it must be; empty for one of Signet's own API
   * @return whose it was; empty if the token is another one, or the session had ended before
   */
  public Optional<String> endByRefreshToken(String presented, Optional<String> clientId) {
    return entities
        .createQuery(
            "select f from RefreshFamily f, RefreshToken t where t.hash = :hash"
                + " and f.id = t.familyId",
            RefreshFamily.class)
        .setParameter("hash", new OpaqueToken(presented).hash())
        .getResultStream()
        .findFirst()
        .filter(family -> family.clientId().equals(clientId))
        .filter(family -> end(family.userId(), family.id()))
        .map(RefreshFamily::userId);
  }

  /**
   * Ends the session with an identifier, whosever it is.
   *
   * @return whose it was
   * @throws Refusal {@link Problem#NOT_FOUND}
   */
  public String endById(String id) {
    RefreshFamily family = isId(id) ? entities.find(RefreshFamily.class, id) : null;
    if (family == null || !end(family.userId(), family.id())) {
      throw new Refusal(Problem.NOT_FOUND, "The session does not exist.");
    }
    return family.userId();
  }

  /**
   * Ends all sessions of a user, and revokes every access token that was issued until now.
   *
   * @throws Refusal {@link Problem#NOT_FOUND}
   */
  public void revokeUser(String userId) {
    if (!isId(userId) || entities.find(User.class, userId) == null) {
      throw new Refusal(Problem.NOT_FOUND, "The user does not exist.");
    }
    endAll(userId);
  }

  /** The same, of a user who is known to be there. */
  public void endAll(String userId) {
    endOthers(userId, Optional.empty());
    Instant now = Clocks.utc(clock).toInstant();
    Revocation revocation = Revocation.ofUser(userId, now, now.plus(tokens.longestValidity()));
    entities
        .createNativeQuery(
            "insert into revocations (kind, subject, not_before, expires_at)"
                + " values (?1, ?2, ?3, ?4)")
        .setParameter(1, revocation.kind().text())
        .setParameter(2, userId)
        .setParameter(3, revocation.notBefore().getAsLong())
        .setParameter(4, revocation.expiresAt().atOffset(ZoneOffset.UTC))
        .executeUpdate();
    revoked.accept(new Revoked(List.of(revocation)));
  }

  /** Revokes a single access token by its {@code jti}. */
  public void revokeToken(String id) {
    Revocation revocation =
        Revocation.ofToken(id, Clocks.utc(clock).toInstant().plus(tokens.longestValidity()));
    entities
        .createNativeQuery(
            "insert into revocations (kind, subject, expires_at) values (?1, ?2, ?3)")
        .setParameter(1, revocation.kind().text())
        .setParameter(2, id)
        .setParameter(3, revocation.expiresAt().atOffset(ZoneOffset.UTC))
        .executeUpdate();
    revoked.accept(new Revoked(List.of(revocation)));
  }

  /**
   * Ends a user's sessions that meet a condition on the fourth parameter. Those that have issued no
   * access token lately need no revocation.
   */
  private int end(String userId, String condition, String parameter) {
    OffsetDateTime now = Clocks.utc(clock);
    int ended =
        entities
            .createNativeQuery(
                "update refresh_families set revoked_at = ?1, idle_expires_at = ?2"
                    + " where revoked_at is null and user_id = ?3 and "
                    + condition)
            .setParameter(1, now)
            .setParameter(2, now)
            .setParameter(3, userId)
            .setParameter(4, parameter)
            .executeUpdate();
    if (ended == 0) {
      return 0;
    }
    tellClients(now, userId, condition, parameter);
    OffsetDateTime expiresAt = now.plus(tokens.longestValidity());
    String recent =
        " from refresh_families where revoked_at = ?1 and last_issued_at > ?2"
            + " and user_id = ?3 and "
            + condition;
    Query insert =
        entities
            .createNativeQuery(
                "insert into revocations (kind, subject, expires_at)"
                    + " select 'session', id, cast(?5 as timestamp with time zone)"
                    + recent)
            .setParameter(5, expiresAt);
    Query select = entities.createNativeQuery("select id" + recent);
    for (Query query : List.of(insert, select)) {
      query
          .setParameter(1, now)
          .setParameter(2, now.minus(tokens.longestValidity()))
          .setParameter(3, userId)
          .setParameter(4, parameter);
    }
    if (insert.executeUpdate() > 0) {
      List<Revocation> revocations = new ArrayList<>();
      for (Object id : select.getResultList()) {
        revocations.add(Revocation.ofSession((String) id, expiresAt.toInstant()));
      }
      revoked.accept(new Revoked(revocations));
    }
    return ended;
  }

  /**
   * Notes which clients are to be told that sessions have just ended: also that a browser's has,
   * when what was granted in it goes on.
   */
  private void tellClients(OffsetDateTime now, String userId, String condition, String parameter) {
    entities
        .createNativeQuery(
            "insert into logout_notices (client_id, subject, session_id, attempts, next_at,"
                + " granted)"
                + " select client_id, user_id, id, 0, cast(?2 as timestamp with time zone),"
                + " granted"
                + " from refresh_families where user_id = ?3 and ((revoked_at = ?1 and "
                + condition
                + ") or (revoked_at is null and browser_id = ?4)) and exists (select 1 from clients"
                + " where clients.client_id = refresh_families.client_id"
                + " and clients.backchannel_logout_uri is not null)")
        .setParameter(1, now)
        .setParameter(2, now)
        .setParameter(3, userId)
        .setParameter(4, parameter)
        .executeUpdate();
  }

  /** What is no identifier is not for the database, which may refuse its characters. */
  private static boolean isId(String text) {
    return ID.matcher(text).matches();
  }
}

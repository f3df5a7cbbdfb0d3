package dev.signet.domain.session;

import dev.signet.base.paging.Page;
import dev.signet.base.paging.PageQuery;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.revocation.Revocation;
import dev.signet.domain.revocation.Revoked;
import dev.signet.domain.user.User;
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
 * Lists sessions and ends them, together with their access tokens. Each method is one transaction,
 * or part of the caller's.
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
  public Sessions(
      EntityManager entities, TokenSettings tokens, Clock clock, Consumer<Revoked> revoked) {
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
   * Finds the grant of a session whose user may log in.
   *
   * @param id the claim {@code sid}
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
   * Ends one session of a user, and the grants to clients made in it.
   *
   * @return whether the session existed
   */
  public boolean end(String userId, String id) {
    return isId(id) && lock(userId, id) && end(userId, WITH_WHAT_WAS_GRANTED, id) > 0;
  }

  /**
   * Whether a session of a client was granted in a browser session.
   *
   * @param id the claim {@code sid} of the client's session
   */
  public boolean isGrantedIn(String browserId, String id, String clientId) {
    return granted(id, clientId)
        .flatMap(RefreshFamily::browserId)
        .filter(browserId::equals)
        .isPresent();
  }

  /**
   * Ends the grants made in a browser session that has expired by not being used.
   *
   * @param id the claim {@code sid} of a client's session granted in it
   * @return the user; empty if the session is not that client's or has already ended, or if the
   *     browser session is still active
   */
  public Optional<String> endForgotten(String id, String clientId) {
    RefreshFamily grant = granted(id, clientId).orElse(null);
    if (grant == null) {
      return Optional.empty();
    }
    String user = grant.userId();
    // The row of the browser session may be deleted, so it cannot serve as the lock.
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

  /** Locks the session, so that nothing is granted in it in the meantime. */
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

  /** Ends all sessions of a user, except the one to keep, if there is one. */
  public void endOthers(String userId, Optional<String> kept) {
    // The lock prevents new sessions, and serializes requests that end sessions.
    if (entities.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE) != null) {
      lockBrowsers(userId);
      end(userId, "id <> ?4", kept.orElse(""));
    }
  }

  /** Ends all sessions of a user with a client, and deletes codes that could open new ones. */
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
   * Locks browser sessions before the sessions granted in them, as a logout does. A different order
   * would cause deadlocks.
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
   * @param clientId the client that the token must belong to; empty for Signet's own API
   * @return the user; empty if the token does not belong to the client, or the session has already
   *     ended
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
   * Ends the session with an identifier, of any user.
   *
   * @return the user
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
   * Ends all sessions of a user, and revokes all access tokens issued until now.
   *
   * @throws Refusal {@link Problem#NOT_FOUND}
   */
  public void revokeUser(String userId) {
    if (!isId(userId) || entities.find(User.class, userId) == null) {
      throw new Refusal(Problem.NOT_FOUND, "The user does not exist.");
    }
    endAll(userId);
  }

  /** Ends all sessions of an existing user, and revokes all access tokens issued until now. */
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
   * Ends a user's sessions that satisfy a condition on the fourth parameter. Sessions without a
   * recent access token need no revocation.
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
   * Inserts notifications for the clients of sessions that have just ended, also of an ended
   * browser session whose grants continue.
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

  /** Skip the query for malformed identifiers: some characters make the database fail. */
  private static boolean isId(String text) {
    return ID.matcher(text).matches();
  }
}

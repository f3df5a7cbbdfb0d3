package dev.signet.domain.session;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.SessionSettings;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.credential.Authenticator;
import dev.signet.domain.jose.IdTokenHint;
import dev.signet.domain.user.User;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Single sign-on: the logged-in users by browser. A browser presents a secret, and its row stores
 * the hash. Each method is one transaction.
 */
@Stateless
public class BrowserSessions {
  /**
   * A use is recorded again after this fraction of the idle time, or after {@link #PRECISION} if
   * that is shorter.
   */
  private static final int IDLE_PART = 20;

  private static final Duration PRECISION = Duration.ofMinutes(1);

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private SessionSettings settings;
  private Clock clock;
  private Sessions sessions;
  private Consumer<SecurityEvent> audit;

  /** For the container's proxy. */
  public BrowserSessions() {}

  @Inject
  BrowserSessions(
      SessionSettings settings, Clock clock, Sessions sessions, Event<SecurityEvent> audit) {
    this.settings = settings;
    this.clock = clock;
    this.sessions = sessions;
    this.audit = audit::fire;
  }

  /** For tests against a bare entity manager. */
  public BrowserSessions(
      EntityManager entities,
      SessionSettings settings,
      Clock clock,
      Sessions sessions,
      Consumer<SecurityEvent> audit) {
    this.entities = entities;
    this.settings = settings;
    this.clock = clock;
    this.sessions = sessions;
    this.audit = audit;
  }

  /** Returns the session of the browser that presents a secret, and records its use. */
  public Optional<BrowserSession> find(String secret) {
    OffsetDateTime now = Clocks.utc(clock);
    RefreshFamily family = alive(secret, now).orElse(null);
    if (family == null) {
      return Optional.empty();
    }
    User user = entities.find(User.class, family.userId());
    if (user == null || !user.mayLogIn(now.toInstant())) {
      return Optional.empty();
    }
    if (family.lastUsedAt().plus(precision()).isBefore(now)) {
      RefreshFamily locked = lock(family);
      if (!locked.isAlive(now)) {
        return Optional.empty();
      }
      locked.visit(now, settings.idle());
    }
    return Optional.of(BrowserSession.of(family, user));
  }

  /**
   * Logs a user in in a browser. An existing session of the same user continues, with its grants; a
   * session of another user ends.
   *
   * @param secret the new secret of the browser
   * @param former the previous secret of the browser
   * @throws Refusal {@link Problem#INVALID_CREDENTIALS} if the account has changed since the
   *     password was checked
   */
  public BrowserSession open(Login login, OpaqueToken secret, Optional<String> former) {
    OffsetDateTime now = Clocks.utc(clock);
    User user = entities.find(User.class, login.user().id(), LockModeType.PESSIMISTIC_WRITE);
    if (user == null || !user.mayLogIn(now.toInstant()) || !user.hasPasswordOf(login.user())) {
      throw Authenticator.refusal();
    }
    RefreshFamily family = former.flatMap(shown -> alive(shown, now)).orElse(null);
    if (family != null && !family.userId().equals(user.id())) {
      sessions.end(family.userId(), family.id());
      family = null;
    }
    if (family != null) {
      family = lock(family);
    }
    if (family != null && family.isAlive(now)) {
      family.reauthenticate(secret, now, settings);
    } else {
      family = RefreshFamily.ofBrowser(login, secret, now, settings);
      entities.persist(family);
    }
    audit.accept(
        SecurityEvent.of(EventType.LOGGED_IN)
            .subject(user.id())
            .detail("browser session " + family.id()));
    return BrowserSession.of(family, user);
  }

  /**
   * Logs out the browser that presents a secret, and ends the grants made in it, except offline
   * access.
   *
   * @return the user who was logged in
   */
  public Optional<String> end(String secret) {
    return told(
        alive(secret, Clocks.utc(clock))
            .filter(family -> sessions.end(family.userId(), family.id()))
            .map(RefreshFamily::userId));
  }

  /** Whether an ID token was issued to its client in this browser session. */
  public boolean isOf(IdTokenHint idToken, BrowserSession browser) {
    return idToken
        .session()
        .filter(id -> sessions.isGrantedIn(browser.id(), id, idToken.clientId()))
        .isPresent();
  }

  /**
   * Ends the grants of the session in which an ID token was issued, if no browser is logged in with
   * that session any more: grants outlive an unused browser session.
   *
   * @return the user of the session
   */
  public Optional<String> endForgotten(IdTokenHint idToken) {
    return told(idToken.session().flatMap(id -> sessions.endForgotten(id, idToken.clientId())));
  }

  private Optional<String> told(Optional<String> ended) {
    ended.ifPresent(user -> audit.accept(SecurityEvent.of(EventType.LOGGED_OUT).subject(user)));
    return ended;
  }

  /** Locks the session and rereads it: it may have ended in the meantime. */
  private RefreshFamily lock(RefreshFamily found) {
    RefreshFamily locked =
        entities.find(RefreshFamily.class, found.id(), LockModeType.PESSIMISTIC_WRITE);
    entities.refresh(locked);
    return locked;
  }

  /** Returns the time after which a use is recorded again: most requests write nothing. */
  private Duration precision() {
    Duration part = settings.idle().dividedBy(IDLE_PART);
    return part.compareTo(PRECISION) < 0 ? part : PRECISION;
  }

  private Optional<RefreshFamily> alive(String secret, OffsetDateTime now) {
    return entities
        .createQuery(
            "select f from RefreshFamily f where f.browserHash = :hash", RefreshFamily.class)
        .setParameter("hash", new OpaqueToken(secret).hash())
        .getResultStream()
        .findFirst()
        .filter(family -> family.isAlive(now));
  }
}

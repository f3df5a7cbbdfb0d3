package dev.signet.token;

import dev.signet.audit.EventType;
import dev.signet.audit.SecurityEvent;
import dev.signet.keys.IdTokenHint;
import dev.signet.keys.OpaqueToken;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.settings.SessionSettings;
import dev.signet.user.Authenticator;
import dev.signet.user.User;
import dev.signet.wiring.Clocks;
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
 * Single sign-on: who is logged in in which browser. A browser shows a secret, of which its row has
 * the hash. One method, one transaction.
 */
@Stateless
public class BrowserSessions {
  /** The part of the idle time that uses are not told apart in, and the longest it may be. */
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
  BrowserSessions(
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

  /** Returns who is logged in in the browser that shows a secret, and counts it as used. */
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
   * Logs somebody in in a browser. A session of the same user goes on, with what was granted in it;
   * one of somebody else ends.
   *
   * @param secret that the browser will show from now on
   * @param former that it has shown so far
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
   * Logs the browser that shows a secret out, and ends what was granted in it, but for offline
   * access.
   *
   * @return whose it was
   */
  public Optional<String> end(String secret) {
    return told(
        alive(secret, Clocks.utc(clock))
            .filter(family -> sessions.end(family.userId(), family.id()))
            .map(RefreshFamily::userId));
  }

  /** Whether a client got an ID token in the session of a browser. */
  public boolean isOf(IdTokenHint idToken, BrowserSession browser) {
    return idToken
        .session()
        .filter(id -> sessions.isGrantedIn(browser.id(), id, idToken.clientId()))
        .isPresent();
  }

  /**
   * Ends what was granted in the session in which a client got an ID token, if no browser is logged
   * in by that session any more: what was granted lasts for longer than a browser that nobody uses.
   *
   * @return whose it was
   */
  public Optional<String> endForgotten(IdTokenHint idToken) {
    return told(idToken.session().flatMap(id -> sessions.endForgotten(id, idToken.clientId())));
  }

  private Optional<String> told(Optional<String> ended) {
    ended.ifPresent(user -> audit.accept(SecurityEvent.of(EventType.LOGGED_OUT).subject(user)));
    return ended;
  }

  /**
   * The same session as it is when nobody else changes it any more: it may have ended meanwhile.
   */
  private RefreshFamily lock(RefreshFamily found) {
    RefreshFamily locked =
        entities.find(RefreshFamily.class, found.id(), LockModeType.PESSIMISTIC_WRITE);
    entities.refresh(locked);
    return locked;
  }

  /** A use is written down when the last one was so long ago: most requests write nothing. */
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

package dev.signet.domain.code;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.RefreshSettings;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.client.Client;
import dev.signet.domain.consent.Consents;
import dev.signet.domain.database.Batch;
import dev.signet.domain.session.GrantPolicy;
import dev.signet.domain.session.Granted;
import dev.signet.domain.session.OpenSession;
import dev.signet.domain.session.RefreshFamilies;
import dev.signet.domain.session.RefreshFamily;
import dev.signet.domain.session.Sessions;
import dev.signet.domain.user.User;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Issues and redeems authorization codes (RFC 6749, section 4.1). A code can be used once, within
 * 60 seconds. Each method is one transaction, and locks the user first, the code second, and
 * sessions last.
 */
@Stateless
public class AuthorizationCodes {
  private static final Duration LIFETIME = Duration.ofSeconds(60);

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private Sessions sessions;
  private Consents consents;
  private GrantPolicy policy;
  private TokenSettings tokens;
  private RefreshSettings settings;
  private Clock clock;

  /** For the container's proxy. */
  public AuthorizationCodes() {}

  @Inject
  AuthorizationCodes(
      Sessions sessions,
      Consents consents,
      GrantPolicy policy,
      TokenSettings tokens,
      RefreshSettings settings,
      Clock clock) {
    this.sessions = sessions;
    this.consents = consents;
    this.policy = policy;
    this.tokens = tokens;
    this.settings = settings;
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  AuthorizationCodes(
      EntityManager entities,
      Sessions sessions,
      Consents consents,
      GrantPolicy policy,
      TokenSettings tokens,
      RefreshSettings settings,
      Clock clock) {
    this(sessions, consents, policy, tokens, settings, clock);
    this.entities = entities;
  }

  /**
   * Issues a code.
   *
   * @throws OAuthException {@link OAuthError#ACCESS_DENIED} if the user was deleted, or has just
   *     withdrawn the consent
   */
  public OpaqueToken issue(CodeGrant grant) {
    String userId = grant.browser().user().id();
    Client client = grant.client();
    // The withdrawal of a consent takes the same lock, so it either sees this code or precedes it.
    boolean agreed =
        entities.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE) != null
            && (!client.metadata().requireConsent()
                || consents.agreed(userId, client.id()).isPresent());
    if (!agreed) {
      throw new OAuthException(OAuthError.ACCESS_DENIED, "The user has withdrawn the consent.");
    }
    OpaqueToken code = OpaqueToken.random();
    entities.persist(new AuthorizationCode(code, grant, Clocks.utc(clock).plus(LIFETIME)));
    return code;
  }

  /**
   * Exchanges a code for a session. A replayed code ends the session that it gave (RFC 6749,
   * section 4.1.2), unless another client presents it.
   *
   * @return the result, also for a refused code: the caller refuses the request after the changes
   *     are committed
   * @throws OAuthException {@link OAuthError#INVALID_GRANT} if the user, or the browser session in
   *     which it was granted, has logged out in the meantime; or as {@link GrantPolicy} specifies.
   *     Nothing is changed in these cases
   */
  public Redemption redeem(Client client, PresentedCode presented) {
    String hash = new OpaqueToken(presented.code()).hash();
    Optional<Redemption> redemption = redeem(client, presented, hash);
    if (redemption.isEmpty()) {
      // A concurrent request has used or ended the code.
      entities.clear();
      redemption = redeem(client, presented, hash);
    }
    return redemption.orElseGet(() -> Redemption.refused(Reason.UNKNOWN_CODE));
  }

  /** Returns empty if the code changed between reading and redeeming it. */
  private Optional<Redemption> redeem(Client client, PresentedCode presented, String hash) {
    OffsetDateTime now = Clocks.utc(clock);
    Found found = find(hash).orElse(null);
    if (found == null) {
      return Optional.of(Redemption.refused(Reason.UNKNOWN_CODE));
    }
    AuthorizationCode code = found.code();
    if (!code.isOf(client.id())) {
      return Optional.of(Redemption.mismatch(true));
    }
    if (code.isUsed()) {
      code.familyId().ifPresent(family -> sessions.end(code.userId(), family));
      return Optional.of(Redemption.replayed(code));
    }
    if (code.isExpired(now)) {
      return Optional.of(Redemption.refused(Reason.EXPIRED));
    }
    Optional<String> key = code.granted().dpopKey();
    if (!code.fits(presented) || (key.isPresent() && !key.equals(presented.dpopKey()))) {
      return Optional.of(Redemption.mismatch(code.isGuess(presented)));
    }
    Granted granted = policy.current(client, code.grantedTo(client));
    Granted asked = granted.forResources(presented.audience());
    if (!found.isLoggedIn(now)) {
      throw RefreshFamilies.loggedOut();
    }
    return open(client, found, granted, presented.dpopKey(), now)
        .map(session -> Redemption.done(session.limitedTo(asked)));
  }

  /** Returns empty if the code, its user or its browser session has ended since they were read. */
  private Optional<OpenSession> open(
      Client client, Found found, Granted granted, Optional<String> dpopKey, OffsetDateTime now) {
    AuthorizationCode code = found.code();
    Optional<OpaqueToken> token =
        client.refreshes() ? Optional.of(OpaqueToken.random()) : Optional.empty();
    RefreshFamily family =
        new RefreshFamily(
            client,
            found.user(),
            granted,
            Optional.of(found.browser().id()),
            dpopKey,
            now,
            settings);
    Query redeem = entities.createNamedQuery(AuthorizationCode.REDEEM);
    family.fill(redeem);
    int opened =
        redeem
            .setParameter(12, code.hash())
            .setParameter(13, token.map(OpaqueToken::hash).orElse(""))
            .setParameter(14, family.id())
            .setParameter(15, token.isPresent())
            .setParameter(16, now)
            .setParameter(17, family.id())
            .setParameter(18, code.hash())
            .setParameter(19, family.id())
            .executeUpdate();
    return opened == 1
        ? Optional.of(OpenSession.of(found.user(), family, token))
        : Optional.empty();
  }

  /** A code as it was read, before it is locked. */
  private record Found(AuthorizationCode code, User user, RefreshFamily browser) {
    boolean isLoggedIn(OffsetDateTime now) {
      return user.mayLogIn(now.toInstant()) && browser != null && browser.isAlive(now);
    }
  }

  private Optional<Found> find(String hash) {
    return entities
        .createNamedQuery(AuthorizationCode.FIND, Object[].class)
        .setParameter("hash", hash)
        .getResultStream()
        .findFirst()
        .map(row -> new Found((AuthorizationCode) row[0], (User) row[1], (RefreshFamily) row[2]));
  }

  /** Deletes a batch of codes whose tokens have expired. Returns whether there may be more. */
  public boolean deleteBatch() {
    return Batch.delete(
        entities,
        "authorization_codes",
        "hash",
        "select hash from authorization_codes where expires_at <= ?1",
        Clocks.utc(clock).minus(tokens.longestValidity()));
  }
}

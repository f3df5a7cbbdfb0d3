package dev.signet.token;

import dev.signet.audit.Reason;
import dev.signet.client.Client;
import dev.signet.client.Consents;
import dev.signet.database.Batch;
import dev.signet.keys.OpaqueToken;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.settings.TokenSettings;
import dev.signet.user.User;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Authorization codes (RFC 6749, section 4.1): good for one use, within 60 seconds. One method, one
 * transaction; each locks the user first, the code next, and what it gave last.
 */
@Stateless
public class AuthorizationCodes {
  private static final Duration LIFETIME = Duration.ofSeconds(60);

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  @EJB private RefreshFamilies families;
  private Sessions sessions;
  private Consents consents;
  private TokenSettings tokens;
  private Clock clock;

  /** For the container's proxy. */
  public AuthorizationCodes() {}

  @Inject
  AuthorizationCodes(Sessions sessions, Consents consents, TokenSettings tokens, Clock clock) {
    this.sessions = sessions;
    this.consents = consents;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  AuthorizationCodes(
      EntityManager entities,
      RefreshFamilies families,
      Sessions sessions,
      Consents consents,
      TokenSettings tokens,
      Clock clock) {
    this(sessions, consents, tokens, clock);
    this.entities = entities;
    this.families = families;
  }

  /**
   * Makes a code.
   *
   * @throws OAuthException {@link OAuthError#ACCESS_DENIED} if the user is gone, or has just
   *     withdrawn the consent
   */
  public OpaqueToken issue(CodeGrant grant) {
    String userId = grant.browser().user().id();
    Client client = grant.client();
    // Whoever withdraws it has the same lock, and so sees this code or comes first.
    boolean agreed =
        entities.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE) != null
            && (!client.metadata().requireConsent()
                || consents.agreed(userId, client.id()).isPresent());
    if (!agreed) {
      throw new OAuthException(OAuthError.ACCESS_DENIED, "The user does not want this any more.");
    }
    OpaqueToken code = OpaqueToken.random();
    entities.persist(new AuthorizationCode(code, grant, now().plus(LIFETIME)));
    return code;
  }

  /**
   * Exchanges a code for a session. One that comes again ends what it gave before (RFC 6749,
   * section 4.1.2), unless another client presents it.
   *
   * @return also when the code is refused: the caller does so when what has changed is committed
   * @throws OAuthException {@link OAuthError#INVALID_GRANT} if the user, or the browser in which it
   *     was granted, has logged out meanwhile; {@link OAuthError#INVALID_TARGET}; nothing has
   *     changed then
   */
  public Redemption redeem(Client client, PresentedCode presented) {
    OffsetDateTime now = now();
    String hash = new OpaqueToken(presented.code()).hash();
    Optional<User> user = lockUserOf(hash);
    AuthorizationCode code =
        user.isPresent()
            ? entities.find(AuthorizationCode.class, hash, LockModeType.PESSIMISTIC_WRITE)
            : null;
    if (code == null) {
      return Redemption.refused(Reason.UNKNOWN_CODE);
    }
    if (!code.isOf(client.id())) {
      return Redemption.refused(Reason.MISMATCH);
    }
    if (code.isUsed()) {
      code.familyId().ifPresent(family -> sessions.end(code.userId(), family));
      return Redemption.replayed(code);
    }
    if (code.isExpired(now)) {
      return Redemption.refused(Reason.EXPIRED);
    }
    Granted granted = code.granted();
    boolean bound = granted.dpopKey().isPresent();
    if (!code.fits(presented) || (bound && !granted.dpopKey().equals(presented.dpopKey()))) {
      return Redemption.refused(Reason.MISMATCH);
    }
    if (!granted.audience().containsAll(presented.audience())) {
      throw new OAuthException(
          OAuthError.INVALID_TARGET, "This resource was not asked for at the beginning.");
    }
    OpenSession session =
        families.open(
            client,
            user.orElseThrow(),
            granted,
            Optional.of(code.browserId()),
            presented.dpopKey());
    code.use(now, session.id());
    return Redemption.done(session);
  }

  private Optional<User> lockUserOf(String hash) {
    return entities
        .createNamedQuery(AuthorizationCode.USER, User.class)
        .setParameter("hash", hash)
        .getResultStream()
        .findFirst();
  }

  /** Deletes a batch of those whose tokens have expired; returns whether there may be more. */
  public boolean deleteBatch() {
    return Batch.delete(
        entities,
        "authorization_codes",
        "hash",
        "select hash from authorization_codes where expires_at <= ?1",
        now().minus(tokens.longestValidity()));
  }

  /** As precise as both databases keep it. */
  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
  }
}

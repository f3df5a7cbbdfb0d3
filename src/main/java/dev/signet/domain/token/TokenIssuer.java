package dev.signet.domain.token;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Scope;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.client.Client;
import dev.signet.domain.guard.Guard;
import dev.signet.domain.jose.Claims;
import dev.signet.domain.jose.TokenSigner;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.session.Granted;
import dev.signet.domain.session.Login;
import dev.signet.domain.session.OpenSession;
import dev.signet.domain.session.Presented;
import dev.signet.domain.session.RefreshFamilies;
import dev.signet.domain.session.Rotation;
import dev.signet.domain.user.User;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Issues tokens: refresh tokens, access tokens (RFC 9068, MicroProfile JWT 2.1), and ID tokens.
 * Signing is slow, so it runs after the transaction.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TokenIssuer {
  /** The {@code client_id} of tokens for Signet's own API. */
  public static final String FIRST_PARTY = "signet";

  /** Claims that token exchange does not copy from the subject token. */
  private static final Set<String> OF_ONE_TOKEN =
      Set.of(
          "iss",
          "sub",
          "upn",
          "groups",
          "jti",
          "iat",
          "nbf",
          "exp",
          "aud",
          "client_id",
          "scope",
          "auth_time",
          "sid",
          "csrf",
          "cnf",
          "act",
          "may_act");

  @EJB private RefreshFamilies families;

  private TokenSigner signer;
  private TokenSettings settings;
  private Extensions extensions;
  private Identity identity;
  private Clock clock;
  private Guard guard;
  private AuditLog audit;
  private Metrics metrics;

  /** For the container's proxy. */
  public TokenIssuer() {}

  @Inject
  TokenIssuer(
      TokenSigner signer,
      TokenSettings settings,
      Extensions extensions,
      Identity identity,
      Clock clock,
      Guard guard,
      AuditLog audit,
      Metrics metrics) {
    this.signer = signer;
    this.settings = settings;
    this.extensions = extensions;
    this.identity = identity;
    this.clock = clock;
    this.guard = guard;
    this.audit = audit;
    this.metrics = metrics;
  }

  /** For tests with another session bean. */
  public TokenIssuer(
      RefreshFamilies families,
      TokenSigner signer,
      TokenSettings settings,
      Extensions extensions,
      Identity identity,
      Clock clock,
      Guard guard,
      AuditLog audit,
      Metrics metrics) {
    this(signer, settings, extensions, identity, clock, guard, audit, metrics);
    this.families = families;
  }

  /**
   * Opens a session.
   *
   * @throws Refusal {@link Problem#INVALID_CREDENTIALS} if the account has just been disabled or
   *     deleted, or its password has changed
   */
  public TokenPair open(Login login) {
    OpenSession session;
    try {
      session = families.open(login);
    } catch (Refusal e) {
      audit.record(
          SecurityEvent.of(EventType.LOGIN_FAILED, Reason.CHANGED).subject(login.user().id()));
      throw e;
    }
    audit.record(
        SecurityEvent.of(EventType.LOGGED_IN)
            .subject(session.user().id())
            .detail("session " + session.id()));
    return pair(session, "password");
  }

  /**
   * Exchanges a refresh token for new tokens.
   *
   * @param csrf the CSRF value of a session in cookies
   * @throws Refusal {@link Problem#INVALID_REFRESH_TOKEN}, {@link Problem#CSRF}, or {@link
   *     Problem#BLOCKED}
   */
  public TokenPair refresh(String presented, Optional<String> csrf) {
    guard.admit();
    Rotation rotation = families.rotate(Presented.firstParty(presented, csrf));
    audit.record(rotation.event());
    return pair(rotation.session().orElseThrow(() -> refusal(rotation)), "refresh");
  }

  private Refusal refusal(Rotation rotation) {
    if (rotation.isGuess()) {
      guard.failed();
    }
    return rotation.refusal();
  }

  /**
   * Issues the tokens of a session to its client.
   *
   * @param dpopKey the thumbprint of the key of the DPoP proof (RFC 9449)
   * @param grant the grant type of the request
   */
  public IssuedTokens issue(
      Client client, OpenSession session, Optional<String> dpopKey, GrantType grant) {
    Granted granted = session.granted().orElseThrow();
    User user = session.user();
    String subject = identity.subjectOfAccessToken(client, user, granted.scope());
    // The username would reveal who the user of a pairwise client is.
    String name = subject.equals(user.id()) ? user.username() : subject;
    AccessTokenRequest request =
        request(client, session.usedAt(), lifetime(client))
            .about(subject, Optional.of(name), List.copyOf(user.groups()))
            .allowing(granted.scope().toString(), granted.audience())
            .of(Optional.of(session.id()), Optional.of(granted.authenticatedAt()))
            .with(extensions.claimsFor(user))
            .boundTo(dpopKey);
    granted.acr().ifPresent(acr -> request.with("acr", acr));
    if (!granted.amr().isEmpty()) {
      request.with("amr", granted.amr());
    }
    AccessToken token = sign(request, request.claims(settings.issuer()), grant.text());
    Optional<String> idToken =
        granted.scope().names().contains(Scope.OPENID)
            ? Optional.of(
                identity.idToken(client, session, granted, token, grant != GrantType.REFRESH_TOKEN))
            : Optional.empty();
    return new IssuedTokens(
        token, session.refreshToken().map(OpaqueToken::value), idToken, granted.scope());
  }

  /**
   * Returns the lifetime for a client, at most that of all access tokens, because keys and
   * revocations are kept that long.
   */
  private Duration lifetime(Client client) {
    return client
        .lifetime()
        .filter(own -> own.compareTo(settings.lifetime()) < 0)
        .orElse(settings.lifetime());
  }

  /**
   * Renews the access token of a session in cookies, and keeps its refresh token. Returns empty if
   * the session has ended.
   *
   * @param csrf the CSRF value in the previous access token
   */
  public Optional<TokenPair> renew(String sessionId, String csrf) {
    return families.renew(sessionId, csrf).map(session -> pair(session, "cookie"));
  }

  /**
   * Issues an access token to a client that acts for itself (RFC 6749, section 4.4.3).
   *
   * @param scope of the token
   * @param audience the resource servers of the token
   * @param dpopKey the thumbprint of the key that it is bound to
   */
  public AccessToken issue(
      Client client, Scope scope, List<String> audience, Optional<String> dpopKey) {
    AccessTokenRequest request =
        request(client, clock.instant(), lifetime(client))
            .about(client.id(), Optional.empty(), client.groups())
            .allowing(scope.toString(), audience)
            .boundTo(dpopKey);
    Claims claims = request.claims(settings.issuer());
    AccessToken token = sign(request, claims, GrantType.CLIENT_CREDENTIALS.text());
    audit.recordRoutine(
        SecurityEvent.of(EventType.TOKEN_ISSUED).client(client.id()).detail("jti " + claims.id()));
    return token;
  }

  /**
   * Issues an access token with the subject claims of another token (RFC 8693). It expires no
   * later, and ends with the session of that token.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST} if the subject token expires now
   */
  public IssuedTokens exchange(Client client, Exchange exchange) {
    VerifiedToken subject = exchange.subject();
    Instant issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant end = issuedAt.plus(lifetime(client));
    Instant formerEnd = Instant.ofEpochSecond(subject.expiresAt());
    Duration lifetime = Duration.between(issuedAt, formerEnd.isBefore(end) ? formerEnd : end);
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new OAuthException(OAuthError.INVALID_REQUEST, "The subject_token has expired.");
    }
    Map<String, Object> copied = new HashMap<>(subject.claims());
    copied.keySet().removeAll(OF_ONE_TOKEN);
    AccessTokenRequest request =
        request(client, issuedAt, lifetime)
            .about(
                subject.subject(),
                Optional.of(subject.name()).filter(any -> subject.isOfUser()),
                List.copyOf(subject.groups()))
            .allowing(exchange.scope().toString(), exchange.audience())
            .of(subject.session(), subject.authenticatedAt())
            .with(copied)
            .boundTo(exchange.dpopKey());
    exchange.actor().ifPresent(actor -> request.with("act", actor));
    Claims claims = request.claims(settings.issuer());
    AccessToken token = sign(request, claims, GrantType.TOKEN_EXCHANGE.text());
    audit.record(
        SecurityEvent.of(EventType.TOKEN_EXCHANGED)
            .subject(subject.subject())
            .client(client.id())
            .detail(
                "jti "
                    + claims.id()
                    + " for "
                    + subject.id()
                    + exchange.actor().map(actor -> ", actor " + actor.get("sub")).orElse("")));
    return new IssuedTokens(token, Optional.empty(), Optional.empty(), exchange.scope());
  }

  private TokenPair pair(OpenSession session, String grant) {
    User user = session.user();
    AccessTokenRequest request =
        new AccessTokenRequest(settings.type(), FIRST_PARTY, session.usedAt(), settings.lifetime())
            .about(user.id(), Optional.of(user.username()), List.copyOf(user.groups()))
            .allowing(Scope.API, List.of(settings.audience()))
            .of(Optional.of(session.id()), Optional.of(session.authenticatedAt()))
            .inCookie(session.csrf())
            .with(extensions.claimsFor(user));
    AccessToken token = sign(request, request.claims(settings.issuer()), grant);
    return new TokenPair(
        token,
        session.refreshToken().map(OpaqueToken::value),
        Duration.between(session.usedAt(), session.endsAt()),
        session.csrf(),
        user.passwordChangeRequired());
  }

  private AccessTokenRequest request(Client client, Instant issuedAt, Duration lifetime) {
    TokenSettings.Type type = client.tokenType().orElse(settings.type());
    return new AccessTokenRequest(type, client.id(), issuedAt, lifetime);
  }

  private AccessToken sign(AccessTokenRequest request, Claims claims, String grant) {
    AccessToken token = request.signed(signer.sign(claims));
    metrics.tokenIssued(grant);
    return token;
  }
}

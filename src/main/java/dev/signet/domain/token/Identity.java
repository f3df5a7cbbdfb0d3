package dev.signet.domain.token;

import dev.signet.base.oauth.ClaimsRequest;
import dev.signet.base.oauth.ClaimsRequest.Wanted;
import dev.signet.base.oauth.Scope;
import dev.signet.base.oauth.UserClaim;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.Subjects;
import dev.signet.domain.jose.IdTokens;
import dev.signet.domain.session.Granted;
import dev.signet.domain.session.OpenSession;
import dev.signet.domain.session.UserGrant;
import dev.signet.domain.user.User;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Claims about the user for clients: ID tokens (OpenID Connect Core 1.0, section 2) and userinfo
 * (section 5.3). Claims requested by scope are returned from userinfo; claims requested one by one
 * are returned where they are requested (sections 5.4 and 5.5).
 */
@Shared
public class Identity {
  private final IdTokens idTokens;
  private final Subjects subjects;
  private final TokenSettings settings;

  @Inject
  Identity(IdTokens idTokens, Subjects subjects, TokenSettings settings) {
    this.idTokens = idTokens;
    this.subjects = subjects;
    this.settings = settings;
  }

  /**
   * Returns the claims of userinfo.
   *
   * @param scope of the access token
   */
  public Map<String, Object> userinfo(Client client, UserGrant grant, Scope scope) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("sub", subjects.of(client, grant.user().id()));
    Map<String, Wanted> wanted = request(grant.granted()).userinfo();
    // The registration may have changed since the token was issued.
    Scope current = client.permitted(scope);
    for (UserClaim claim : UserClaim.values()) {
      if (current.names().contains(claim.scope()) || isToldOneByOne(claim, wanted, client)) {
        put(claims, claim, grant.user());
      }
    }
    return claims;
  }

  /**
   * Returns a signed ID token with the lifetime of access tokens, because keys are kept that long.
   *
   * @param isFirst whether the token follows directly from the authorization request, whose nonce
   *     it then contains (section 12.2)
   */
  String idToken(
      Client client, OpenSession session, Granted granted, AccessToken token, boolean isFirst) {
    Instant issuedAt = session.usedAt().truncatedTo(ChronoUnit.SECONDS);
    Map<String, Object> claims = new HashMap<>();
    Map<String, Wanted> wanted = request(granted).idToken();
    for (UserClaim claim : UserClaim.values()) {
      if (isToldOneByOne(claim, wanted, client)) {
        put(claims, claim, session.user());
      }
    }
    claims.put("iss", settings.issuer());
    claims.put("sub", subjects.of(client, session.user().id()));
    claims.put("aud", client.id());
    claims.put("iat", issuedAt.getEpochSecond());
    claims.put("exp", issuedAt.plus(settings.lifetime()).getEpochSecond());
    claims.put("auth_time", granted.authenticatedAt().getEpochSecond());
    claims.put("sid", session.id());
    granted.acr().ifPresent(acr -> claims.put("acr", acr));
    if (!granted.amr().isEmpty()) {
      claims.put("amr", granted.amr());
    }
    granted.nonce().filter(any -> isFirst).ifPresent(nonce -> claims.put("nonce", nonce));
    return idTokens.sign(claims, token.value());
  }

  /**
   * Returns the {@code sub} of an access token: the user's identifier for Signet's own API, which
   * needs it, and the pairwise subject for other resource servers of a pairwise client.
   */
  String subjectOfAccessToken(Client client, User user, Scope scope) {
    return scope.names().contains(Scope.API) ? user.id() : subjects.of(client, user.id());
  }

  private static ClaimsRequest request(Granted granted) {
    return granted.claims().map(ClaimsRequest::parse).orElse(ClaimsRequest.NONE);
  }

  /**
   * Whether a claim that was requested by name is returned: only if its scope is registered for the
   * client.
   */
  private static boolean isToldOneByOne(
      UserClaim claim, Map<String, Wanted> wanted, Client client) {
    return wanted.containsKey(claim.text()) && client.scope().names().contains(claim.scope());
  }

  private static void put(Map<String, Object> claims, UserClaim claim, User user) {
    value(claim, user).ifPresent(value -> claims.put(claim.text(), value));
  }

  private static Optional<Object> value(UserClaim claim, User user) {
    return switch (claim) {
      case PREFERRED_USERNAME -> Optional.of(user.username());
      case UPDATED_AT -> Optional.of(user.updatedAt().getEpochSecond());
      case EMAIL -> user.email().map(Object.class::cast);
      // Signet has not verified the address.
      case EMAIL_VERIFIED -> user.email().map(any -> false);
      case GROUPS -> Optional.of(user.groups());
    };
  }
}

package dev.signet.endpoint.authorize;

import dev.signet.base.oauth.Acr;
import dev.signet.base.oauth.ClaimsRequest;
import dev.signet.base.oauth.Scope;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.client.Client;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An authorization request, validated as far as possible without the user.
 *
 * @param query as received from the browser: forms repeat it
 * @param pushed the reference, if the client has pushed the request
 * @param audience the resource servers of the tokens
 * @param codeChallenge the S256 challenge
 * @param maxAge the maximum age of the login
 * @param acr the minimum level of the login
 * @param claims the unparsed parameter, if present
 * @param subjects the accepted values of the user's {@code sub}; empty if any user is accepted
 * @param dpopKey the thumbprint of the key that the code will be bound to (RFC 9449, section 10)
 */
record AuthorizationRequest(
    ReturnAddress to,
    String query,
    Optional<OpaqueToken> pushed,
    Scope scope,
    List<String> audience,
    Optional<String> codeChallenge,
    Set<Prompt> prompts,
    Optional<Duration> maxAge,
    Optional<Acr> acr,
    Optional<String> nonce,
    Optional<String> claims,
    List<String> subjects,
    Optional<String> loginHint,
    Optional<String> uiLocales,
    Optional<String> dpopKey) {

  Client client() {
    return to.client();
  }

  boolean prompts(Prompt prompt) {
    return prompts.contains(prompt);
  }

  /**
   * Returns the scope for the consent. Claims that are requested by name count like their scope.
   */
  Scope consentScope() {
    return claims.map(text -> scope.and(ClaimsRequest.parse(text).scopes())).orElse(scope);
  }

  @Override
  public String toString() {
    return "AuthorizationRequest[" + client().id() + ", scope=" + scope + "]";
  }
}

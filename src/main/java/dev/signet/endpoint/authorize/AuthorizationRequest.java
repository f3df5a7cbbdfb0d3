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
 * What a client asks for, checked as far as it can be without the user.
 *
 * @param query as the browser has brought it: what forms repeat
 * @param pushed what refers to it, if the client has pushed it
 * @param audience the resource servers that the tokens will be for
 * @param codeChallenge of the method S256
 * @param maxAge how long ago the password may have been shown
 * @param acr what the login should amount to, at least
 * @param claims the parameter as it came, if it did
 * @param subjects of whom the user must have one as {@code sub}; none, if anybody will do
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

  /** What the user has to agree to: claims that are asked for one by one count like their scope. */
  Scope consentScope() {
    return claims.map(text -> scope.and(ClaimsRequest.parse(text).scopes())).orElse(scope);
  }

  @Override
  public String toString() {
    return "AuthorizationRequest[" + client().id() + ", scope=" + scope + "]";
  }
}

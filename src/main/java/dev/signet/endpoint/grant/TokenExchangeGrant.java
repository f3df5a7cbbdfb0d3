package dev.signet.endpoint.grant;

import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Resources;
import dev.signet.base.oauth.Scope;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientDirectory;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.TokenVerifier;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.token.Exchange;
import dev.signet.domain.token.IssuedTokens;
import dev.signet.domain.token.TokenAdmission;
import dev.signet.domain.token.TokenIssuer;
import dev.signet.web.body.Form;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The grant type for token exchange (RFC 8693): a service that was called with a token gets a new
 * token, with which it calls the next service on behalf of the same user or client. The new token
 * names the actor ({@code act}), unless an administrator permits the client to impersonate users.
 */
@Shared
class TokenExchangeGrant implements GrantHandler {
  private static final String TYPE = "urn:ietf:params:oauth:token-type:";
  private static final String ACCESS_TOKEN = TYPE + "access_token";
  private static final String JWT = TYPE + "jwt";
  private static final Set<String> TYPES = Set.of(ACCESS_TOKEN, JWT);

  /** The maximum length of a chain of services; a longer one is assumed to be a loop. */
  private static final int DEEPEST = 8;

  private final TokenVerifier verifier;
  private final TokenAdmission admission;
  private final ClientDirectory clients;
  @EJB private TokenIssuer issuer;
  private final String usualAudience;

  @Inject
  TokenExchangeGrant(
      TokenVerifier verifier,
      TokenAdmission admission,
      ClientDirectory clients,
      TokenSettings settings) {
    this.verifier = verifier;
    this.admission = admission;
    this.clients = clients;
    usualAudience = settings.audience();
  }

  @Override
  public GrantType type() {
    return GrantType.TOKEN_EXCHANGE;
  }

  @Override
  public TokenResponse grant(TokenRequest request) {
    Client client = request.client();
    Form form = request.form();
    VerifiedToken subject = token(form, "subject_token");
    Optional<VerifiedToken> actor = actor(form);
    String issued = form.text("requested_token_type").orElse(ACCESS_TOKEN);
    if (!TYPES.contains(issued)) {
      throw refusal("The only supported requested_token_type is that of access tokens.");
    }
    Optional<Client> issuedTo = issuedTo(subject);
    refuseIfForOthers(client, subject, issuedTo);
    actor.ifPresent(token -> refuseIfOfOthers(client, token));
    String acting = actor.map(VerifiedToken::subject).orElse(client.id());
    refuseIfMayNotAct(acting, subject);
    Scope scope = scope(client, form, subject, issuedTo);
    IssuedTokens tokens =
        issuer.exchange(
            client,
            new Exchange(
                subject,
                actor.isEmpty() && impersonates(client, subject)
                    ? subject.actor()
                    : Optional.of(act(acting, subject)),
                scope,
                AskedAudience.in(form, client, usualAudience),
                request.dpopKey()));
    return TokenResponse.of(tokens, issued);
  }

  /** Reads a token, whose type is required (section 2.1). */
  private VerifiedToken token(Form form, String name) {
    String text = form.required(name);
    if (!TYPES.contains(form.required(name + "_type"))) {
      throw refusal("Only access tokens of this issuer can be exchanged.");
    }
    try {
      VerifiedToken token = verifier.verifyForAnyAudience(text);
      admission.check(token);
      return token;
    } catch (InvalidToken e) {
      throw refusal("The subject_token or the actor_token is invalid.");
    }
  }

  private Optional<VerifiedToken> actor(Form form) {
    if (form.text("actor_token").isPresent()) {
      return Optional.of(token(form, "actor_token"));
    }
    if (form.text("actor_token_type").isPresent()) {
      throw refusal("The parameter actor_token_type requires the parameter actor_token.");
    }
    return Optional.empty();
  }

  /**
   * Finds the client that a token was issued to; empty for Signet's own API. The new token is
   * limited to the current registration of that client.
   */
  private Optional<Client> issuedTo(VerifiedToken subject) {
    if (subject.clientId().equals(TokenIssuer.FIRST_PARTY)) {
      return Optional.empty();
    }
    Optional<Client> found = clients.find(subject.clientId());
    if (found.isEmpty()) {
      throw refusal("The client of the subject_token is disabled or deleted.");
    }
    return found;
  }

  /**
   * Refuses a token that is not meant for this service: a service may only exchange tokens that it
   * was called with.
   */
  private void refuseIfForOthers(Client client, VerifiedToken subject, Optional<Client> issuedTo) {
    List<String> own = new ArrayList<>(client.audience());
    own.add(client.id());
    own.add(usualAudience);
    List<String> current =
        issuedTo
            .map(other -> other.possibleAudience(usualAudience))
            .map(possible -> Resources.common(List.copyOf(subject.audience()), possible))
            .orElse(List.copyOf(subject.audience()));
    if (!Resources.meet(current, own)) {
      throw refusal("The subject_token is not meant for this client.");
    }
  }

  /** Refuses an actor token that was not issued to the client itself for acting. */
  private static void refuseIfOfOthers(Client client, VerifiedToken actor) {
    if (!actor.clientId().equals(client.id()) || actor.actor().isPresent()) {
      throw refusal("The actor_token was not issued to this client.");
    }
  }

  /** Section 4.4. */
  private static void refuseIfMayNotAct(String acting, VerifiedToken subject) {
    Object allowed = subject.claims().get("may_act");
    boolean may =
        allowed == null || (allowed instanceof Map<?, ?> only && acting.equals(only.get("sub")));
    if (!may) {
      throw refusal("The claim may_act of the subject_token names a different actor.");
    }
  }

  /**
   * Whether the new token omits the actor. This requires a user: a token of a client without an
   * actor would be that client's own token.
   */
  private static boolean impersonates(Client client, VerifiedToken subject) {
    return client.metadata().mayImpersonate() && subject.isOfUser();
  }

  /**
   * Returns the claim {@code act}, in which the outermost actor is the current one (section 4.1).
   */
  private static Map<String, Object> act(String acting, VerifiedToken subject) {
    Optional<Map<String, Object>> former = subject.actor();
    if (depth(former.orElse(null)) >= DEEPEST) {
      throw refusal("The subject_token has too many nested actors.");
    }
    return former
        .map(chain -> Map.<String, Object>of("sub", acting, "act", chain))
        .orElseGet(() -> Map.of("sub", acting));
  }

  private static int depth(Object actor) {
    return actor instanceof Map<?, ?> chain ? 1 + depth(chain.get("act")) : 0;
  }

  /** Returns the scope of the subject token, limited to the registration of both clients. */
  private static Scope scope(
      Client client, Form form, VerifiedToken subject, Optional<Client> issuedTo) {
    Scope former = issuedTo.map(other -> other.permitted(subject.scope())).orElse(subject.scope());
    if (former.names().isEmpty() && !subject.scope().names().isEmpty()) {
      throw new OAuthException(
          OAuthError.INVALID_SCOPE,
          "The client of the subject_token is no longer registered for any of its scope.");
    }
    Scope most = former.common(client.scope());
    Scope asked = AskedScope.in(form).orElse(most);
    if (!asked.isWithin(most)) {
      throw new OAuthException(
          OAuthError.INVALID_SCOPE,
          "The requested scope exceeds that of the subject_token or of this client.");
    }
    // A token exchange issues no refresh token.
    return asked.without(Scope.OFFLINE);
  }

  /** Section 2.2.2 requires this error code for every fault of a token. */
  private static OAuthException refusal(String words) {
    return new OAuthException(OAuthError.INVALID_REQUEST, words);
  }
}

package dev.signet.endpoint.authorize;

import dev.signet.base.oauth.Acr;
import dev.signet.base.oauth.ClaimsRequest;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.RequestObject;
import dev.signet.base.oauth.Scope;
import dev.signet.base.oauth.SpaceSeparated;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.Profile;
import dev.signet.base.settings.Settings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientDirectory;
import dev.signet.domain.code.PushedRequests;
import dev.signet.domain.jose.IdTokens;
import dev.signet.web.body.Form;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads authorization requests. The client and the redirect URI are checked first: if they are
 * invalid, an error page is shown; later errors are returned to the client.
 */
@Shared
class AuthorizationRequests {

  private static final int LONGEST_HINT = 256;
  private static final Pattern SECONDS = Pattern.compile("[0-9]+");

  /** Longer than the age of any login, so that larger numbers have the same effect. */
  private static final Duration ALWAYS = Duration.ofDays(36_500);

  private final ClientDirectory clients;
  private final PushedRequests pushed;
  private final IdTokens idTokens;
  private final String usualAudience;
  private final boolean onlyPushed;
  private final boolean redirectIsNeeded;

  @Inject
  AuthorizationRequests(
      ClientDirectory clients, PushedRequests pushed, IdTokens idTokens, Settings settings) {
    this.clients = clients;
    this.pushed = pushed;
    this.idTokens = idTokens;
    usualAudience = settings.token().audience();
    onlyPushed = settings.authorization().onlyPushed();
    redirectIsNeeded = settings.profile() == Profile.FAPI2; // Section 5.3.2.2, item 6.
  }

  /**
   * Parses the parameters of a query, or returns those that the client has pushed (RFC 9126,
   * section 4).
   *
   * @param browser the secret of the browser that sends the request
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST} or {@link
   *     OAuthError#INVALID_REQUEST_URI}, not for the client
   */
  Form parameters(String query, OpaqueToken browser) {
    Form shown = Form.ofLink(query);
    return PushedRequest.reference(shown)
        .map(
            reference ->
                clients // Skip the query for malformed identifiers: some characters make the
                    // database fail.
                    .find(single(shown, "client_id"))
                    .flatMap(client -> pushed.find(reference, client.id(), browser))
                    .map(Form::read)
                    .orElseThrow(AuthorizationRequests::expired))
        .orElse(shown);
  }

  /**
   * Determines the client and the redirect URI (RFC 6749, section 4.1.2.1; RFC 9700, section
   * 4.1.3).
   *
   * @throws OAuthException that must not be returned to the client
   */
  ReturnAddress address(Form parameters) {
    Client client = clients.find(single(parameters, "client_id")).orElse(null);
    if (client == null) {
      throw Rules.invalid("The client is unknown.");
    }
    String uri =
        parameters.texts("redirect_uri").isEmpty()
            ? onlyUri(client, parameters)
            : single(parameters, "redirect_uri");
    if (!client.mayRedirectTo(uri)) {
      throw Rules.invalid("The redirect_uri is not registered for this client.");
    }
    Optional<RequestObject> refused = parameters.text("request").map(RequestObject::of);
    Optional<String> state =
        refused.flatMap(RequestObject::state).or(() -> parameters.text("state"));
    if (state.filter(text -> !Form.fitsALink(text)).isPresent()) {
      throw Rules.invalid("The parameter state is too long.");
    }
    return new ReturnAddress(
        client,
        uri,
        refused
            .flatMap(RequestObject::responseMode)
            .or(() -> parameters.text("response_mode"))
            .flatMap(ResponseMode::named)
            .orElse(ResponseMode.QUERY),
        state,
        parameters.text("ui_locales"));
  }

  /**
   * Returns the only registered redirect URI, which a client may omit in OAuth, but not in OpenID
   * Connect.
   */
  private String onlyUri(Client client, Form parameters) {
    List<String> registered = client.metadata().redirectUris();
    boolean openid =
        SpaceSeparated.read(parameters.text("scope").orElse("")).contains(Scope.OPENID);
    if (registered.size() != 1 || openid || redirectIsNeeded) {
      throw Rules.invalid("The parameter redirect_uri is missing.");
    }
    return registered.get(0);
  }

  private static String single(Form parameters, String name) {
    if (parameters.texts(name).size() != 1) {
      throw Rules.invalid("The parameter " + name + " is missing or repeated.");
    }
    return parameters.required(name);
  }

  /**
   * Reads the other parameters.
   *
   * @throws OAuthException for the client
   */
  AuthorizationRequest read(ReturnAddress to, Form parameters, String query) {
    Optional<OpaqueToken> reference = PushedRequest.reference(Form.read(query));
    boolean mustPush = onlyPushed || to.client().metadata().requirePushedAuthorizationRequests();
    if (mustPush && reference.isEmpty()) {
      throw Rules.invalid("This client must use pushed authorization requests.");
    }
    return read(to, parameters, query, reference);
  }

  /**
   * Assigns a pushed request to the browser that is shown a page for it. The lifetime of its
   * reference then no longer applies.
   */
  void keep(AuthorizationRequest request, OpaqueToken browser) {
    request.pushed().ifPresent(one -> pushed.keep(one, request.client().id(), browser));
  }

  /**
   * Marks a pushed request as used before a code is issued.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST_URI}, for the client, if another tab
   *     has used it concurrently
   */
  void use(AuthorizationRequest request, OpaqueToken browser) {
    String client = request.client().id();
    if (request.pushed().filter(one -> !pushed.use(one, client, browser)).isPresent()) {
      throw expired();
    }
  }

  private static OAuthException expired() {
    return new OAuthException(
        OAuthError.INVALID_REQUEST_URI,
        "The pushed authorization request has expired or was already used.");
  }

  /**
   * Validates a pushed request.
   *
   * @throws OAuthException for the client
   */
  void check(Form parameters) {
    read(address(parameters), parameters, "", Optional.empty());
  }

  private AuthorizationRequest read(
      ReturnAddress to, Form parameters, String query, Optional<OpaqueToken> reference) {
    Rules.check(to.client(), parameters);
    Optional<ClaimsRequest> claims = claims(parameters);
    UserHint hint = UserHint.of(to.client(), parameters, idTokens);
    return new AuthorizationRequest(
        to,
        query,
        reference,
        scope(to.client(), parameters),
        audience(to.client(), parameters),
        parameters.text("code_challenge"),
        prompts(parameters, hint),
        maxAge(to.client(), parameters),
        acr(parameters, claims),
        parameters.text("nonce"),
        parameters.text("claims"),
        subjects(hint, claims),
        parameters.text("login_hint").filter(text -> text.length() <= LONGEST_HINT),
        parameters.text("ui_locales"),
        parameters.text("dpop_jkt"));
  }

  private static Scope scope(Client client, Form parameters) {
    try {
      Scope asked = parameters.text("scope").map(Scope::parse).orElse(client.scope());
      if (asked.isWithin(client.scope())) {
        return client.permitted(asked);
      }
    } catch (IllegalArgumentException e) {
      throw new OAuthException(OAuthError.INVALID_SCOPE, "The scope is malformed.");
    }
    throw new OAuthException(
        OAuthError.INVALID_SCOPE, "The client is not registered for this scope.");
  }

  /** RFC 8707, section 2. */
  private List<String> audience(Client client, Form parameters) {
    List<String> asked = parameters.texts("resource").stream().distinct().toList();
    return client
        .audience(asked, usualAudience)
        .orElseThrow(
            () ->
                new OAuthException(
                    OAuthError.INVALID_TARGET, "The client is not registered for this resource."));
  }

  /**
   * Returns the prompts. If the hint can no longer be verified, Signet asks for a login, because a
   * different user may be logged in.
   */
  private static Set<Prompt> prompts(Form parameters, UserHint hint) {
    Set<Prompt> prompts = EnumSet.noneOf(Prompt.class);
    parameters
        .text("prompt")
        .ifPresent(
            list ->
                SpaceSeparated.read(list).stream()
                    .map(
                        name ->
                            Prompt.named(name)
                                .orElseThrow(
                                    () ->
                                        Rules.invalid(
                                            "The parameter prompt has an unsupported value.")))
                    .forEach(prompts::add));
    if (prompts.contains(Prompt.NONE) && prompts.size() > 1) {
      throw Rules.invalid(
          "The value none of the parameter prompt must not be combined with others.");
    }
    if (hint.isForgotten()) {
      if (prompts.contains(Prompt.NONE)) {
        throw new OAuthException(
            OAuthError.LOGIN_REQUIRED,
            "The signing key of the id_token_hint is no longer available. Log the"
                + " user in again.");
      }
      prompts.add(Prompt.LOGIN);
    }
    return prompts;
  }

  private static Optional<Duration> maxAge(Client client, Form parameters) {
    Optional<String> asked = parameters.text("max_age");
    if (asked.filter(text -> !SECONDS.matcher(text).matches()).isPresent()) {
      throw Rules.invalid("The parameter max_age is not a number of seconds.");
    }
    return asked
        .map(AuthorizationRequests::seconds)
        .or(() -> Optional.ofNullable(client.metadata().defaultMaxAge()).map(Duration::ofSeconds));
  }

  private static Duration seconds(String digits) {
    BigInteger seconds = new BigInteger(digits);
    return seconds.compareTo(BigInteger.valueOf(ALWAYS.toSeconds())) < 0
        ? Duration.ofSeconds(seconds.longValue())
        : ALWAYS;
  }

  private static Optional<ClaimsRequest> claims(Form parameters) {
    try {
      return parameters.text("claims").map(ClaimsRequest::parse);
    } catch (IllegalArgumentException e) {
      throw Rules.invalid("The parameter claims is malformed.");
    }
  }

  /**
   * Returns the requested level. An essential {@code acr} claim must be satisfied (OIDC Core,
   * section 5.5.1.1); otherwise the level is voluntary.
   */
  private static Optional<Acr> acr(Form parameters, Optional<ClaimsRequest> claims) {
    Optional<ClaimsRequest.Wanted> wanted =
        claims
            .flatMap(request -> Optional.ofNullable(request.idToken().get("acr")))
            .filter(claim -> !claim.values().isEmpty());
    Optional<Acr> known =
        wanted
            .map(claim -> String.join(" ", claim.values()))
            .or(() -> parameters.text("acr_values"))
            .flatMap(Acr::least);
    if (known.isEmpty() && wanted.filter(ClaimsRequest.Wanted::essential).isPresent()) {
      throw new OAuthException(
          OAuthError.UNMET_AUTHENTICATION_REQUIREMENTS, "The requested acr is not supported.");
    }
    return known;
  }

  /** Returns the accepted subjects (OIDC Core, sections 3.1.2.1 and 5.5.1). */
  private static List<String> subjects(UserHint hint, Optional<ClaimsRequest> claims) {
    Optional<String> hinted = hint.subject();
    List<String> wanted =
        claims
            .flatMap(request -> Optional.ofNullable(request.idToken().get("sub")))
            .map(ClaimsRequest.Wanted::values)
            .orElse(List.of());
    if (!wanted.isEmpty() && hinted.filter(subject -> !wanted.contains(subject)).isPresent()) {
      throw Rules.invalid("The id_token_hint and the claims parameter name different users.");
    }
    return hinted.map(List::of).orElse(wanted);
  }
}

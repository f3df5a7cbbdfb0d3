package dev.signet.domain.client;

import static dev.signet.base.oauth.GrantType.AUTHORIZATION_CODE;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.signet.base.oauth.ClientAuthentication;
import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.Scope;
import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.settings.value.AssertionAudience;
import dev.signet.domain.jose.ClientKeys;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The registered metadata of a client. The members are named by RFC 7591, section 2, OpenID Connect
 * Dynamic Client Registration 1.0, section 2, RFC 9126, section 6, and RFC 9449, section 5.2; some
 * are Signet's own. Absent members have their default. URIs have at most 400 characters, lists at
 * most 20 entries.
 *
 * @param clientId generated, unless an administrator chooses one
 * @param clientName for users; at most 100 characters, without characters that affect the display
 *     of others
 * @param redirectUris where the authorization endpoint may redirect users; compared exactly, except
 *     for the port of a loopback address (RFC 8252, section 7.3), and of {@code localhost} for a
 *     native client
 * @param grantTypes the grant types that it may use; by default none
 * @param responseTypes {@code code} with the grant type {@code authorization_code}, otherwise empty
 * @param tokenEndpointAuthMethod by default {@code client_secret_basic}
 * @param applicationType {@code web}, which is the default, or {@code native}
 * @param jwks its public keys (RFC 7517); {@code private_key_jwt} needs them, and nothing else does
 * @param jwksUri the URL of its public keys, as an alternative
 * @param scope the maximum scope of its tokens, separated by spaces
 * @param defaultMaxAge seconds; an authorization request without {@code max_age} has this one
 * @param subjectType {@code public}, which is the default, or {@code pairwise}, which needs {@code
 *     signet.subject.salt}
 * @param sectorIdentifierUri its host is the sector of pairwise subjects; required if redirect URIs
 *     have several hosts (OpenID Connect Core 1.0, section 8.1)
 * @param idTokenSignedResponseAlg the algorithm of its ID tokens; only the algorithm of all ID
 *     tokens is supported
 * @param idTokenEncryptedResponseAlg not supported and therefore refused, like the next four
 * @param userinfoSignedResponseAlg not supported
 * @param userinfoEncryptedResponseAlg not supported
 * @param requestObjectSigningAlg not supported
 * @param requestObjectEncryptionAlg not supported
 * @param postLogoutRedirectUris where a logout may redirect users
 * @param backchannelLogoutUri where logout tokens are sent
 * @param backchannelLogoutSessionRequired whether logout tokens must contain the {@code sid}
 * @param clientUri its home page, linked from the consent page
 * @param logoUri stored but never loaded, because an external image would reveal to another site
 *     who logs in
 * @param policyUri its privacy policy; a link, like {@code clientUri}
 * @param tosUri its terms of service; likewise
 * @param initiateLoginUri where users start a login at the client (OpenID Connect Core 1.0, section
 *     4); linked from error pages
 * @param contacts email addresses of the people responsible
 * @param requirePushedAuthorizationRequests whether it must use RFC 9126
 * @param dpopBoundAccessTokens whether its tokens must be bound to a key
 * @param requirePkce whether it must send a code challenge; always for a public client, and by
 *     default for others
 * @param requireConsent whether users are asked before it gets tokens; by default they are
 * @param audience the resource servers that its tokens may be for (RFC 8707: absolute URIs); by
 *     default the audience of Signet's own access tokens
 * @param groups the groups in its own tokens: {@code groups} of MicroProfile JWT
 * @param accessTokenLifetime in seconds, at least 10; at most, and by default, that of all access
 *     tokens
 * @param accessTokenType the {@code typ} header of its access tokens: {@code JWT} or {@code
 *     at+jwt}; by default that of all access tokens
 * @param mayImpersonate whether exchanged tokens omit the claim {@code act} (RFC 8693, section
 *     1.1); by default they have it
 * @param refreshTokenRotation whether its refresh tokens are rotated at each use; {@code false} is
 *     for clients that authenticate or bind their tokens to a key; by default {@code
 *     signet.refresh.rotation}
 * @param clientAssertionAudience {@code issuer}, if its assertions name the issuer only, as a
 *     single string, or {@code any}; by default {@code signet.client.assertion.audience}
 * @param enabled whether it gets tokens
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientMetadata(
    String clientId,
    String clientName,
    List<String> redirectUris,
    List<String> grantTypes,
    List<String> responseTypes,
    String tokenEndpointAuthMethod,
    String applicationType,
    @Schema(type = SchemaType.OBJECT) JsonNode jwks,
    String jwksUri,
    String scope,
    Long defaultMaxAge,
    String subjectType,
    String sectorIdentifierUri,
    String idTokenSignedResponseAlg,
    @Schema(hidden = true) String idTokenEncryptedResponseAlg,
    @Schema(hidden = true) String userinfoSignedResponseAlg,
    @Schema(hidden = true) String userinfoEncryptedResponseAlg,
    @Schema(hidden = true) String requestObjectSigningAlg,
    @Schema(hidden = true) String requestObjectEncryptionAlg,
    List<String> postLogoutRedirectUris,
    String backchannelLogoutUri,
    Boolean backchannelLogoutSessionRequired,
    String clientUri,
    String logoUri,
    String policyUri,
    String tosUri,
    String initiateLoginUri,
    List<String> contacts,
    Boolean requirePushedAuthorizationRequests,
    Boolean dpopBoundAccessTokens,
    Boolean requirePkce,
    Boolean requireConsent,
    List<String> audience,
    List<String> groups,
    Long accessTokenLifetime,
    String accessTokenType,
    Boolean mayImpersonate,
    Boolean refreshTokenRotation,
    String clientAssertionAudience,
    Boolean enabled) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          // Another node may already run a later version, which stores further members.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The metadata of a client before its registration: all members are absent. */
  static final ClientMetadata NONE = read(JSON.createObjectNode());

  /** Members that only administrators may set, because they affect users and other parties. */
  private static final Set<String> RESERVED =
      Set.of(
          "client_id",
          "audience",
          "groups",
          "require_pkce",
          "require_consent",
          "access_token_lifetime",
          "access_token_type",
          "may_impersonate",
          "enabled");

  /** Grant types without a user's consent: a client could grant itself any scope. */
  private static final Set<String> RESERVED_GRANTS =
      Set.of(GrantType.CLIENT_CREDENTIALS.text(), GrantType.TOKEN_EXCHANGE.text());

  /** OpenID Connect Core 1.0, sections 5.4 and 11. */
  private static final String USUAL_SCOPE = "openid profile email offline_access";

  private static final String CODE = "code";
  private static final String WEB = "web";
  private static final String NATIVE = "native";
  private static final Set<String> TYPES =
      Arrays.stream(TokenSettings.Type.values())
          .map(TokenSettings.Type::header)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> AUDIENCES =
      Arrays.stream(AssertionAudience.values())
          .map(AssertionAudience::setting)
          .collect(Collectors.toUnmodifiableSet());

  private static final int MOST = 20;

  /** The maximum number of characters of a value that a response repeats. */
  private static final int MOST_SHOWN = 100;

  private static final Pattern NOT_SHOWN = Pattern.compile("[^\\x21\\x23-\\x5B\\x5D-\\x7E]");

  /** The maximum number of characters of all members, as stored. */
  private static final int MOST_CHARACTERS = 16_000;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,63}");

  /** A subject of this form is a user. */
  private static final Pattern USER_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-.*");

  /**
   * Pages show the name in sentences, so it must be visible and must not affect the direction of
   * the text around it.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.*[\\p{L}\\p{N}\\p{P}\\p{S}])"
              + "[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]{1,100}");

  private static final Pattern GROUP = Pattern.compile("[\\x21-\\x7E]{1,64}");

  /**
   * Adds default values and validates all members.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT} with all invalid members, or without members if
   *     the metadata is too long
   */
  ClientMetadata complete() {
    ClientMetadata complete = withDefaults();
    List<FieldError> errors = new ArrayList<>();
    complete.check(errors);
    if (!errors.isEmpty()) {
      throw Refusal.of(Problem.INVALID_INPUT, Problem.INVALID_INPUT.title() + ".", errors);
    }
    if (complete.toJson().length() > MOST_CHARACTERS) {
      throw new Refusal(
          Problem.INVALID_INPUT,
          "The client metadata must have at most " + MOST_CHARACTERS + " characters.");
    }
    return complete;
  }

  /**
   * Returns the metadata that a client requests for itself. Members that only administrators may
   * set are ignored (RFC 7591, section 2) and keep their previous value.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT} if it requests a grant type that only
   *     administrators may register
   */
  ClientMetadata byItself(ClientMetadata former) {
    ObjectNode members = JSON.valueToTree(this);
    members.remove(RESERVED);
    members.setAll(((ObjectNode) JSON.valueToTree(former)).retain(RESERVED));
    members.putIfAbsent("scope", TextNode.valueOf(USUAL_SCOPE));
    members.putIfAbsent("grant_types", JSON.valueToTree(List.of(AUTHORIZATION_CODE.text())));
    ClientMetadata asked = read(members);
    if (asked.grantTypes.stream().anyMatch(grant -> isReserved(grant, former))) {
      throw Refusal.of(
          Problem.INVALID_INPUT,
          "grant_types",
          "contains a grant type that only administrators may register");
    }
    return asked;
  }

  /**
   * Returns a copy whose scope is limited to these names, or has all of them if it is absent. A
   * malformed scope is kept, and refused by the validation.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT} if the limited scope is empty
   */
  ClientMetadata withScopeWithin(Set<String> most) {
    Scope limit = new Scope(most);
    Scope common;
    try {
      common = scope == null ? limit : Scope.parse(scope).common(limit);
    } catch (IllegalArgumentException e) {
      return this;
    }
    if (common.names().isEmpty() && scope != null && !scope.isEmpty()) {
      throw Refusal.of(
          Problem.INVALID_INPUT,
          "scope",
          "contains none of the scopes open to dynamic registration: " + limit);
    }
    ObjectNode members = JSON.valueToTree(this);
    return read(members.put("scope", common.toString()));
  }

  private static boolean isReserved(String grant, ClientMetadata former) {
    boolean hasIt = former.grantTypes != null && former.grantTypes.contains(grant);
    // The validation refuses null.
    return !hasIt && grant != null && RESERVED_GRANTS.contains(grant);
  }

  private ClientMetadata withDefaults() {
    boolean codes = grantTypes != null && grantTypes.contains(AUTHORIZATION_CODE.text());
    Map<String, Object> defaults = new HashMap<>();
    defaults.put("client_id", UUID.randomUUID().toString().replace("-", ""));
    defaults.put("redirect_uris", List.of());
    defaults.put("grant_types", List.of());
    defaults.put("response_types", codes ? List.of(CODE) : List.of());
    defaults.put("token_endpoint_auth_method", ClientAuthentication.CLIENT_SECRET_BASIC.text());
    defaults.put("application_type", WEB);
    defaults.put("scope", "");
    defaults.put("subject_type", Subjects.PUBLIC);
    defaults.put("post_logout_redirect_uris", List.of());
    defaults.put("backchannel_logout_session_required", false);
    defaults.put("contacts", List.of());
    defaults.put("require_pushed_authorization_requests", false);
    defaults.put("dpop_bound_access_tokens", false);
    defaults.put("require_pkce", true);
    defaults.put("require_consent", true);
    defaults.put("audience", List.of());
    defaults.put("groups", List.of());
    defaults.put("may_impersonate", false);
    defaults.put("enabled", true);
    ObjectNode members = JSON.valueToTree(defaults);
    return read(members).with(this);
  }

  private void check(List<FieldError> errors) {
    if (!isId(clientId)) {
      errors.add(
          new FieldError(
              "client_id",
              "must be 3 to 64 letters, digits, '.', '_' or '-', and not a UUID; or"
                  + " the https URL of a client ID metadata document"));
    }
    if (clientName != null && !NAME.matcher(clientName).matches()) {
      errors.add(
          new FieldError(
              "client_name",
              "must be 1 to 100 characters, without control characters and not blank"));
    }
    if (ClientAuthentication.named(tokenEndpointAuthMethod).isEmpty()) {
      errors.add(
          new FieldError(
              "token_endpoint_auth_method",
              "must be client_secret_basic, client_secret_post, private_key_jwt or none"));
    }
    checkGrants(errors);
    checkLists(errors);
    checkUris(errors);
    checkKeys(errors);
    checkAlgorithms(errors);
    try {
      Scope.parse(scope);
    } catch (IllegalArgumentException e) {
      errors.add(
          new FieldError(
              "scope",
              "must be scope names of printable ASCII characters other than quotation"
                  + " mark and backslash, separated by spaces (RFC 6749, section 3.3)"));
    }
    if (accessTokenLifetime != null && (accessTokenLifetime < 10 || accessTokenLifetime > 86_400)) {
      errors.add(new FieldError("access_token_lifetime", "must be 10 to 86400 (seconds)"));
    }
  }

  private void checkGrants(List<FieldError> errors) {
    checkList(
        "grant_types",
        grantTypes,
        name -> fault(GrantType.named(name).isPresent(), "is not a supported grant type"),
        errors);
    boolean codes = grantTypes.contains(AUTHORIZATION_CODE.text());
    if (!responseTypes.equals(codes ? List.of(CODE) : List.of())) {
      errors.add(
          new FieldError(
              "response_types",
              "must be code with the grant type authorization_code, and empty" + " otherwise"));
    }
    if (codes && redirectUris.isEmpty()) {
      errors.add(
          new FieldError("redirect_uris", "is required for the grant type authorization_code"));
    }
    for (GrantType own : List.of(GrantType.CLIENT_CREDENTIALS, GrantType.TOKEN_EXCHANGE)) {
      if (isPublic() && grantTypes.contains(own.text())) {
        errors.add(
            new FieldError(
                "grant_types", "must not contain " + own.text() + " for a public client"));
      }
    }
    if (isPublic() && !requirePkce) {
      errors.add(new FieldError("require_pkce", "must be true for a public client"));
    }
    checkChoice("application_type", applicationType, Set.of(WEB, NATIVE), errors);
    checkChoice("subject_type", subjectType, Set.of(Subjects.PUBLIC, Subjects.PAIRWISE), errors);
    if (Boolean.FALSE.equals(refreshTokenRotation) && isPublic() && !dpopBoundAccessTokens) {
      errors.add(
          new FieldError(
              "refresh_token_rotation",
              "must not be false for a public client without dpop_bound_access_tokens"));
    }
    if (clientAssertionAudience != null) {
      checkChoice("client_assertion_audience", clientAssertionAudience, AUDIENCES, errors);
    }
    if (accessTokenType != null) {
      checkChoice("access_token_type", accessTokenType, TYPES, errors);
    }
    if (defaultMaxAge != null && (defaultMaxAge < 0 || defaultMaxAge > 31_536_000)) {
      errors.add(new FieldError("default_max_age", "must be 0 to 31536000 (seconds)"));
    }
  }

  private void checkLists(List<FieldError> errors) {
    checkList(
        "audience",
        audience,
        uri -> fault(isAudience(uri), "must be an absolute URI of at most 256 characters"),
        errors);
    checkList(
        "groups",
        groups,
        name -> fault(GROUP.matcher(name).matches(), "must be 1 to 64 printable ASCII characters"),
        errors);
    checkList(
        "contacts",
        contacts,
        text -> fault(NAME.matcher(text).matches(), "must be 1 to 100 printable characters"),
        errors);
  }

  private void checkUris(List<FieldError> errors) {
    checkList(
        "redirect_uris", redirectUris, uri -> RegisteredUri.redirectFault(uri, isNative()), errors);
    checkList(
        "post_logout_redirect_uris",
        postLogoutRedirectUris,
        uri -> RegisteredUri.redirectFault(uri, isNative()),
        errors);
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("client_uri", clientUri);
    pages.put("logo_uri", logoUri);
    pages.put("policy_uri", policyUri);
    pages.put("tos_uri", tosUri);
    pages.put("initiate_login_uri", initiateLoginUri);
    pages.put("sector_identifier_uri", sectorIdentifierUri);
    pages.put("backchannel_logout_uri", backchannelLogoutUri);
    pages.put("jwks_uri", jwksUri);
    pages.forEach(
        (member, uri) -> {
          if (uri != null && !RegisteredUri.isPage(uri)) {
            errors.add(new FieldError(member, "must be an https URL without a fragment"));
          }
        });
    if (Subjects.PAIRWISE.equals(subjectType)
        && sectorIdentifierUri == null
        && Subjects.hosts(this).distinct().count() > 1) {
      errors.add(
          new FieldError(
              "sector_identifier_uri", "is required when redirect_uris have several hosts"));
    }
  }

  private static void checkChoice(
      String member, String value, Set<String> choices, List<FieldError> errors) {
    if (!choices.contains(value)) {
      errors.add(new FieldError(member, "must be " + String.join(" or ", new TreeSet<>(choices))));
    }
  }

  private void checkKeys(List<FieldError> errors) {
    boolean here = jwks != null && !jwks.isNull();
    if (jwksUri != null && here) {
      errors.add(new FieldError("jwks_uri", "must not be combined with jwks"));
    }
    if (jwksUri != null || !(here || authenticatesByKey())) {
      return;
    }
    try {
      ClientKeys.parse(String.valueOf(jwks));
    } catch (IllegalArgumentException e) {
      errors.add(
          new FieldError(
              "jwks",
              "must be a JWK set with 1 to 10 public signature keys, RSA of at least"
                  + " 2048 bits or P-256, and without private or symmetric keys"));
    }
  }

  /**
   * Refuses algorithms that Signet does not support, so that the client learns this at the
   * registration.
   */
  private void checkAlgorithms(List<FieldError> errors) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("id_token_encrypted_response_alg", idTokenEncryptedResponseAlg);
    asked.put("userinfo_signed_response_alg", userinfoSignedResponseAlg);
    asked.put("userinfo_encrypted_response_alg", userinfoEncryptedResponseAlg);
    asked.put("request_object_signing_alg", requestObjectSigningAlg);
    asked.put("request_object_encryption_alg", requestObjectEncryptionAlg);
    asked.forEach(
        (member, algorithm) -> {
          if (algorithm != null) {
            errors.add(new FieldError(member, "is not supported"));
          }
        });
  }

  /** Whether it authenticates with signed assertions instead of a secret. */
  public boolean authenticatesByKey() {
    return ClientAuthentication.PRIVATE_KEY_JWT.text().equals(tokenEndpointAuthMethod);
  }

  /** Whether it is an app on the user's device (RFC 8252). */
  @JsonIgnore
  boolean isNative() {
    return NATIVE.equals(applicationType);
  }

  /** Whether it is a public client, which cannot keep a secret. */
  @JsonIgnore
  public boolean isPublic() {
    return ClientAuthentication.NONE.text().equals(tokenEndpointAuthMethod);
  }

  /** Whether it authenticates with a secret. */
  public boolean hasSecret() {
    return !isPublic() && !authenticatesByKey();
  }

  private static void checkList(
      String member,
      List<String> values,
      Function<String, Optional<String>> fault,
      List<FieldError> errors) {
    if (values.size() > MOST) {
      errors.add(new FieldError(member, "has more than " + MOST + " values"));
      return;
    }
    for (String value : values) {
      Optional<String> found =
          value == null
              ? Optional.of("contains null")
              : fault.apply(value).map(reason -> "contains " + shown(value) + ", which " + reason);
      found.ifPresent(text -> errors.add(new FieldError(member, text)));
    }
  }

  private static Optional<String> fault(boolean isGood, String reason) {
    return isGood ? Optional.empty() : Optional.of(reason);
  }

  /**
   * Returns a value in the form that a response may repeat: RFC 6749, section 5.2, permits
   * printable ASCII.
   */
  private static String shown(String value) {
    String text = NOT_SHOWN.matcher(value).replaceAll("?");
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
  }

  /** RFC 8707, section 2: an absolute URI without a fragment. */
  private static boolean isAudience(String text) {
    try {
      URI uri = new URI(text);
      return uri.isAbsolute() && uri.getRawFragment() == null && text.length() <= 256;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * Whether it has the form of an identifier. Skip the query for malformed identifiers: some
   * characters make the database fail.
   */
  public static boolean isId(String text) {
    return (ID.matcher(text).matches() && !USER_ID.matcher(text).matches())
        || RegisteredUri.isDocument(text);
  }

  /** Returns a copy that takes the present members of another one. */
  ClientMetadata with(ClientMetadata named) {
    ObjectNode members = JSON.valueToTree(this);
    members.setAll((ObjectNode) JSON.valueToTree(named));
    return read(members);
  }

  /** Returns a copy with a different client identifier. */
  ClientMetadata of(String id) {
    ObjectNode members = JSON.valueToTree(this);
    return read(members.put("client_id", id));
  }

  /** Returns the stored JSON. */
  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static ClientMetadata ofJson(String json) {
    try {
      // Metadata stored by an older version lacks newer members.
      return JSON.readValue(json, ClientMetadata.class).withDefaults();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads members without their defaults.
   *
   * @throws IllegalStateException if one has a value of the wrong type
   */
  static ClientMetadata read(ObjectNode members) {
    try {
      return JSON.treeToValue(members, ClientMetadata.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Optional<Long> lifetimeSeconds() {
    return Optional.ofNullable(accessTokenLifetime);
  }
}

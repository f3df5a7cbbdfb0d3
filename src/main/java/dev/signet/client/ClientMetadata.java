package dev.signet.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signet.keys.ClientKeys;
import dev.signet.oauth.ClientAuthentication;
import dev.signet.oauth.GrantType;
import dev.signet.oauth.Scope;
import dev.signet.problem.FieldError;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is registered of a client: members as RFC 7591, section 2, names them, and four of Signet's
 * own. Absent members have their default.
 *
 * @param clientId generated, unless an administrator chooses one
 * @param clientName for people; at most 100 characters
 * @param grantTypes what it may ask the token endpoint for; by default nothing
 * @param tokenEndpointAuthMethod by default {@code client_secret_basic}
 * @param jwks its public keys (RFC 7517), for {@code private_key_jwt} and only for that
 * @param scope most that its tokens are good for, separated by spaces
 * @param audience the resource servers that its tokens may be for (RFC 8707: absolute URIs); by
 *     default the audience of Signet's own access tokens
 * @param groups the roles of its own tokens: {@code groups} of MicroProfile JWT
 * @param accessTokenLifetime in seconds, at least 10; at most, and by default, that of all access
 *     tokens
 * @param enabled whether it gets tokens at all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientMetadata(
    String clientId,
    String clientName,
    List<String> grantTypes,
    String tokenEndpointAuthMethod,
    @Schema(type = SchemaType.OBJECT) JsonNode jwks,
    String scope,
    List<String> audience,
    List<String> groups,
    Long accessTokenLifetime,
    Boolean enabled) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          // Another node may be a version ahead.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final int MOST = 20;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,63}");

  /** A subject of this form is a user. */
  private static final Pattern USER_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-.*");

  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,100}");
  private static final Pattern GROUP = Pattern.compile("[\\x21-\\x7E]{1,64}");

  /**
   * Fills in what is absent, and refuses what does not work.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT} with all members at fault
   */
  ClientMetadata complete() {
    List<FieldError> errors = new ArrayList<>();
    ClientMetadata complete =
        new ClientMetadata(
            clientId == null ? UUID.randomUUID().toString().replace("-", "") : clientId,
            clientName,
            list("grant_types", grantTypes, name -> GrantType.named(name).isPresent(), errors),
            tokenEndpointAuthMethod == null
                ? ClientAuthentication.CLIENT_SECRET_BASIC.text()
                : tokenEndpointAuthMethod,
            jwks,
            scope == null ? "" : scope,
            list("audience", audience, ClientMetadata::isAudience, errors),
            list("groups", groups, name -> GROUP.matcher(name).matches(), errors),
            accessTokenLifetime,
            enabled == null || enabled);
    complete.check(errors);
    if (!errors.isEmpty()) {
      throw Refusal.of(Problem.INVALID_INPUT, Problem.INVALID_INPUT.title() + ".", errors);
    }
    return complete;
  }

  private void check(List<FieldError> errors) {
    if (!isId(clientId)) {
      errors.add(
          new FieldError(
              "client_id", "must be 3 to 64 letters, digits, '.', '_' or '-', and no UUID"));
    }
    if (clientName != null && !NAME.matcher(clientName).matches()) {
      errors.add(new FieldError("client_name", "must be 1 to 100 characters"));
    }
    if (ClientAuthentication.named(tokenEndpointAuthMethod).isEmpty()) {
      errors.add(
          new FieldError(
              "token_endpoint_auth_method",
              "must be client_secret_basic, client_secret_post or private_key_jwt"));
    }
    checkKeys(errors);
    try {
      Scope.parse(scope);
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError("scope", "must be names separated by single spaces"));
    }
    if (accessTokenLifetime != null && (accessTokenLifetime < 10 || accessTokenLifetime > 86_400)) {
      errors.add(new FieldError("access_token_lifetime", "must be 10 to 86400 (seconds)"));
    }
  }

  private void checkKeys(List<FieldError> errors) {
    if (!authenticatesByKey()) {
      if (jwks != null) {
        errors.add(new FieldError("jwks", "is for private_key_jwt only"));
      }
      return;
    }
    try {
      ClientKeys.parse(String.valueOf(jwks));
    } catch (IllegalArgumentException e) {
      errors.add(
          new FieldError(
              "jwks", "must be a JWK set of 1 to 10 public keys: RSA of 2048 bits or more, P-256"));
    }
  }

  /** Whether it signs assertions, and so has no secret. */
  public boolean authenticatesByKey() {
    return ClientAuthentication.PRIVATE_KEY_JWT.text().equals(tokenEndpointAuthMethod);
  }

  private static List<String> list(
      String member, List<String> values, Predicate<String> isGood, List<FieldError> errors) {
    if (values == null) {
      return List.of();
    }
    Set<String> distinct = new LinkedHashSet<>(values);
    if (values.size() > MOST || !distinct.stream().allMatch(v -> v != null && isGood.test(v))) {
      errors.add(new FieldError(member, "has a value that is not supported, or over 20 values"));
      return List.of();
    }
    return List.copyOf(distinct);
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

  /** What is no identifier is not for the database, which may refuse its characters. */
  static boolean isId(String text) {
    return ID.matcher(text).matches() && !USER_ID.matcher(text).matches();
  }

  /** The same, of another client. */
  ClientMetadata of(String id) {
    return new ClientMetadata(
        id,
        clientName,
        grantTypes,
        tokenEndpointAuthMethod,
        jwks,
        scope,
        audience,
        groups,
        accessTokenLifetime,
        enabled);
  }

  /** What is stored. */
  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static ClientMetadata ofJson(String json) {
    try {
      return JSON.readValue(json, ClientMetadata.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Optional<Long> lifetimeSeconds() {
    return Optional.ofNullable(accessTokenLifetime);
  }
}

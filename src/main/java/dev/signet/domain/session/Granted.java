package dev.signet.domain.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Resources;
import dev.signet.base.oauth.Scope;
import dev.signet.domain.client.Client;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A grant of a user to a client, stored with the authorization code and with the session that the
 * code gives.
 *
 * @param audience the resource servers of the access tokens
 * @param authenticatedAt when the user last logged in with the password: {@code auth_time}
 * @param acr the level of that login (OIDC Core, section 2)
 * @param amr the methods of that login (RFC 8176)
 * @param nonce for the ID token
 * @param claims the requested claims as JSON (OIDC Core, section 5.5)
 * @param dpopKey the thumbprint of the key that the code or the refresh token is bound to (RFC
 *     9449)
 * @param withoutConsent whether the user was not asked, because the client required no consent at
 *     that time
 * @param sector of the client at that time ({@link Client#sector}); empty in a grant of an older
 *     version
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Granted(
    Scope scope,
    List<String> audience,
    Instant authenticatedAt,
    Optional<String> acr,
    List<String> amr,
    Optional<String> nonce,
    Optional<String> claims,
    Optional<String> dpopKey,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean withoutConsent,
    Optional<String> sector) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantReader()))
          // Another node may already run a later version, which stores further members.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public Granted {
    audience = List.copyOf(audience);
    amr = List.copyOf(amr);
  }

  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Instant.parse(parser.getText());
    }
  }

  /** Returns a copy that is bound to the given key, or to none. */
  public Granted boundTo(Optional<String> key) {
    return new Granted(
        scope, audience, authenticatedAt, acr, amr, nonce, claims, key, withoutConsent, sector);
  }

  /** Returns a copy limited to the given scope and audience. */
  public Granted narrowedTo(Scope less, List<String> fewer) {
    return new Granted(
        less, fewer, authenticatedAt, acr, amr, nonce, claims, dpopKey, withoutConsent, sector);
  }

  /**
   * Returns a copy for the requested resource servers, or for all granted ones if the request names
   * none (RFC 8707, section 2.2).
   *
   * @throws OAuthException {@link OAuthError#INVALID_TARGET} if the request names others
   */
  public Granted forResources(List<String> asked) {
    if (asked.isEmpty()) {
      return this;
    }
    return Resources.pick(asked, audience)
        .map(fewer -> narrowedTo(scope, fewer))
        .orElseThrow(
            () ->
                new OAuthException(
                    OAuthError.INVALID_TARGET,
                    "The user has not granted access to this resource, or the client is no longer"
                        + " registered for it."));
  }

  /**
   * Refuses a client whose user would now get a different {@code sub}, which must not change within
   * a grant (OpenID Connect Core 1.0, sections 5.3.2 and 12.2).
   *
   * @throws OAuthException with the given error
   */
  public void checkSubject(Client client, OAuthError error) {
    if (sector.filter(former -> !former.equals(client.sector())).isPresent()) {
      throw new OAuthException(
          error,
          "The subject_type or the sector of the client has changed. The user must log in again.");
    }
  }

  /** Returns the stored JSON. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Granted ofJson(String json) {
    try {
      return JSON.readValue(json, Granted.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

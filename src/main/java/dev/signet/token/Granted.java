package dev.signet.token;

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
import dev.signet.client.Client;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.oauth.Resources;
import dev.signet.oauth.Scope;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a user has granted a client: stored with a code, and with the family that the code gives.
 *
 * @param audience the resource servers that access tokens are for
 * @param authenticatedAt when the user last showed a password: {@code auth_time}
 * @param acr what that login amounts to (OIDC Core, section 2)
 * @param amr how it was done (RFC 8176)
 * @param nonce that the client wants to find in its ID token
 * @param claims that the client asked for, as JSON (OIDC Core, section 5.5)
 * @param dpopKey the thumbprint of the key that whoever presents the code, or the refresh token,
 *     must have (RFC 9449)
 * @param withoutConsent whether the user was not asked, as the client was registered then
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
          // Another node may be a version ahead.
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

  /** The same, for whoever has another key, or none. */
  Granted boundTo(Optional<String> key) {
    return new Granted(
        scope, audience, authenticatedAt, acr, amr, nonce, claims, key, withoutConsent, sector);
  }

  /** Returns a copy limited to the given scope and audience. */
  Granted narrowedTo(Scope less, List<String> fewer) {
    return new Granted(
        less, fewer, authenticatedAt, acr, amr, nonce, claims, dpopKey, withoutConsent, sector);
  }

  /**
   * Returns a copy for the resource servers that a request asks for, or for all of them if it asks
   * for none (RFC 8707, section 2.2).
   *
   * @throws OAuthException {@link OAuthError#INVALID_TARGET} if it asks for others
   */
  Granted forResources(List<String> asked) {
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
   * Refuses a client that would know the user by another {@code sub} by now, as the tokens of a
   * grant must not change it (OpenID Connect Core 1.0, sections 5.3.2 and 12.2).
   *
   * @throws OAuthException of that error
   */
  public void checkSubject(Client client, OAuthError error) {
    if (sector.filter(former -> !former.equals(client.sector())).isPresent()) {
      throw new OAuthException(
          error,
          "The subject_type or the sector of the client has changed. The user must log in again.");
    }
  }

  /** What is stored. */
  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Granted ofJson(String json) {
    try {
      return JSON.readValue(json, Granted.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

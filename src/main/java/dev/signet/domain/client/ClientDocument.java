package dev.signet.domain.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.base.oauth.ClientAuthentication;
import dev.signet.base.oauth.GrantType;
import java.util.List;
import java.util.Set;

/**
 * Reads a client ID metadata document, which a client publishes at the URL that is its {@code
 * client_id} (draft-ietf-oauth-client-id-metadata-document, section 4).
 */
final class ClientDocument {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The maximum length of stored metadata; real documents have a tenth of it. */
  private static final int MOST_CHARACTERS = 16_000;

  /** A secret in a document would be public (section 4.1). */
  private static final Set<String> SECRETS = Set.of("client_secret", "client_secret_expires_at");

  private static final List<String> METHODS =
      List.of(ClientAuthentication.NONE.text(), ClientAuthentication.PRIVATE_KEY_JWT.text());

  /**
   * The grant types with a user's consent in the browser. Other grant types in a document are
   * ignored.
   */
  private static final List<String> GRANTS =
      List.of(GrantType.AUTHORIZATION_CODE.text(), GrantType.REFRESH_TOKEN.text());

  private ClientDocument() {}

  /**
   * Converts a document to the metadata of a registration request.
   *
   * @throws IllegalArgumentException with the fault, if it is not a valid document for this URL
   */
  static ClientMetadata read(String address, String text) {
    ObjectNode members = members(text);
    if (!address.equals(members.path("client_id").textValue())) {
      throw new IllegalArgumentException("client_id must be the URL of the document");
    }
    for (String secret : SECRETS) {
      if (members.has(secret)) {
        throw new IllegalArgumentException(secret + " is not allowed in the document");
      }
    }
    members.putIfAbsent(
        "token_endpoint_auth_method", members.textNode(ClientAuthentication.NONE.text()));
    if (!METHODS.contains(members.path("token_endpoint_auth_method").asText())) {
      throw new IllegalArgumentException(
          "token_endpoint_auth_method must be " + String.join(" or ", METHODS));
    }
    if (isOnLoopback(members.path("redirect_uris"))) {
      members.putIfAbsent("application_type", members.textNode("native"));
    }
    if (members.path("subject_type").asText(Subjects.PUBLIC).equals(Subjects.PAIRWISE)) {
      // The client could change its sector later, and learn subjects of another sector with
      // previous tokens.
      throw new IllegalArgumentException("subject_type must be public");
    }
    members.remove("sector_identifier_uri");
    retainGrants(members);
    members.remove("response_types"); // Derived from the grant types.
    try {
      return ClientMetadata.read(members);
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("a member has a value of the wrong type", e);
    }
  }

  private static ObjectNode members(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "the document has more than " + MOST_CHARACTERS + " characters");
    }
    try {
      if (JSON.readTree(text) instanceof ObjectNode members) {
        return members;
      }
    } catch (JsonProcessingException e) {
      // Refused below; the message of Jackson would quote the document.
    }
    throw new IllegalArgumentException("the document is not a JSON object");
  }

  private static void retainGrants(ObjectNode members) {
    if (members.get("grant_types") instanceof ArrayNode listed) {
      ArrayNode retained = members.putArray("grant_types");
      for (JsonNode grant : listed) {
        if (GRANTS.contains(grant.asText())) {
          retained.add(grant);
        }
      }
    }
  }

  private static boolean isOnLoopback(JsonNode redirectUris) {
    for (JsonNode uri : redirectUris) {
      if (uri.isTextual() && uri.textValue().startsWith("http:")) {
        return true;
      }
    }
    return false;
  }
}

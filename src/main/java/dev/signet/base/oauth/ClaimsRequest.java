package dev.signet.base.oauth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The claims that a client asks for one by one (OIDC Core, section 5.5).
 *
 * @param idToken for the ID token, by name
 * @param userinfo for the userinfo endpoint, by name
 */
public record ClaimsRequest(Map<String, Wanted> idToken, Map<String, Wanted> userinfo) {
  public static final ClaimsRequest NONE = new ClaimsRequest(Map.of(), Map.of());

  private static final int DEEPEST = 5;
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * What is wanted of one claim.
   *
   * @param essential whether the client cannot do without it
   * @param values the texts that it should have; none, if any will do
   */
  public record Wanted(boolean essential, List<String> values) {
    public Wanted {
      values = List.copyOf(values);
    }
  }

  public ClaimsRequest {
    idToken = Map.copyOf(idToken);
    userinfo = Map.copyOf(userinfo);
  }

  /**
   * Reads the parameter {@code claims}. Members that are not known are ignored.
   *
   * @throws IllegalArgumentException if it is no such JSON object
   */
  public static ClaimsRequest parse(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      return new ClaimsRequest(
          claims(object(root).path("id_token")), claims(object(root).path("userinfo")));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  /**
   * The scopes that the claims of users belong to: who asks for a claim is to be let have it like
   * one who asks for its scope.
   */
  public Scope scopes() {
    return new Scope(
        Arrays.stream(UserClaim.values())
            .filter(c -> idToken.containsKey(c.text()) || userinfo.containsKey(c.text()))
            .map(UserClaim::scope)
            .collect(Collectors.toSet()));
  }

  private static Map<String, Wanted> claims(JsonNode member) {
    Map<String, Wanted> claims = new HashMap<>();
    if (!member.isMissingNode() && !member.isNull()) {
      object(member).properties().forEach(e -> claims.put(e.getKey(), wanted(e.getValue())));
    }
    return claims;
  }

  private static Wanted wanted(JsonNode member) {
    if (member.isNull()) {
      return new Wanted(false, List.of());
    }
    List<JsonNode> values = new ArrayList<>(List.of(object(member).path("value")));
    member.path("values").forEach(values::add);
    return new Wanted(
        member.path("essential").asBoolean(),
        values.stream()
            .filter(JsonNode::isValueNode)
            .filter(value -> !value.isNull())
            .map(JsonNode::asText)
            .toList());
  }

  private static JsonNode object(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("not an object");
    }
    return node;
  }
}

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
 * The claims that a client requests by name (OIDC Core, section 5.5).
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
   * The request for one claim.
   *
   * @param essential whether the claim is essential to the client
   * @param values the requested values; empty if any value is accepted
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
   * Reads the parameter {@code claims}. Unknown members are ignored.
   *
   * @throws IllegalArgumentException if it is not a valid JSON object
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

  /** Returns the scopes of the requested claims: a claim needs the same consent as its scope. */
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

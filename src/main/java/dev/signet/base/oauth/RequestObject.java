package dev.signet.base.oauth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/**
 * A request object (OIDC Core, section 6.1), which Signet does not support. The refusal is returned
 * in the way that the client requests, possibly only in the object, whose members take precedence
 * over the parameters. The object is not verified, and no other members of it are read.
 */
public final class RequestObject {
  private static final int DEEPEST = 20;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  private final JsonNode payload;

  private RequestObject(JsonNode payload) {
    this.payload = payload;
  }

  /**
   * Reads the parameter {@code request} as far as possible; a malformed object or a JWE yields no
   * members.
   */
  public static RequestObject of(String compact) {
    String[] parts = compact.split("\\.", -1);
    if (parts.length != 3) {
      return new RequestObject(MissingNode.getInstance());
    }
    try {
      return new RequestObject(JSON.readTree(Base64.getUrlDecoder().decode(parts[1])));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return new RequestObject(MissingNode.getInstance());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public Optional<String> responseMode() {
    return text("response_mode");
  }

  public Optional<String> state() {
    return text("state");
  }

  private Optional<String> text(String member) {
    return Optional.ofNullable(payload.path(member).textValue());
  }

  @Override
  public String toString() {
    return "RequestObject[]";
  }
}

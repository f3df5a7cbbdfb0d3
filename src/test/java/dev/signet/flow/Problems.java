package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What every refusal of the API looks like, on every server (RFC 9457, RFC 6750). */
final class Problems {
  private static final String REALM = "Bearer realm=\"Signet\"";

  /** What an answer has that asks for a token, or a password (RFC 9449, section 7.2). */
  static final String CHALLENGE = REALM + ", DPoP algs=\"ES256 PS256 RS256\"";

  private Problems() {}

  /** Checks a refusal and the members of the input that it names. */
  static void assertProblem(int status, String type, Client.Reply reply, String... fields) {
    assertEquals(status, reply.status(), reply::toString);
    assertEquals(
        Optional.of("application/problem+json"), reply.header("Content-Type"), reply::toString);
    JsonNode problem = reply.json();
    assertTrue(
        problem.path("type").asText().endsWith("/docs/problems.html#" + type), reply::toString);
    assertEquals(status, problem.path("status").asInt());
    assertFalse(problem.path("title").asText().isEmpty());
    assertFalse(problem.path("detail").asText().isEmpty());
    List<String> named = new ArrayList<>();
    problem
        .path("errors")
        .forEach(
            error -> {
              named.add(error.path("field").asText());
              assertFalse(error.path("message").asText().isEmpty());
            });
    assertEquals(Arrays.asList(fields), named, reply::toString);
    assertTrue(problem.path("errors").isArray());
    assertFalse(reply.body().contains("Exception"), reply::toString);
    assertFalse(reply.body().contains("dev.signet"), reply::toString);
  }

  /** A token is needed, and none was presented: no error code in the challenge. */
  static void assertTokenMissing(Client.Reply reply) {
    assertProblem(401, "invalid-token", reply);
    assertEquals(Optional.of(CHALLENGE), reply.header("WWW-Authenticate"));
  }

  /** A token was presented and refused. */
  static void assertTokenRefused(Client.Reply reply) {
    assertProblem(401, "invalid-token", reply);
    String challenge = reply.header("WWW-Authenticate").orElse("");
    assertTrue(challenge.startsWith(REALM + ", error=\"invalid_token\""), challenge);
  }
}

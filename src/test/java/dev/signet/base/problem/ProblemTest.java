package dev.signet.base.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
  /** Clients rely on them. */
  @Test
  void statusOfEachProblemIsPartOfTheContract() {
    assertEquals(
        new TreeMap<>(
            Map.ofEntries(
                Map.entry("invalid-input", 400),
                Map.entry("malformed-json", 400),
                Map.entry("weak-password", 400),
                Map.entry("invalid-credentials", 401),
                Map.entry("invalid-token", 401),
                Map.entry("stale-login", 401),
                Map.entry("invalid-refresh-token", 401),
                Map.entry("forbidden", 403),
                Map.entry("insufficient-scope", 403),
                Map.entry("csrf", 403),
                Map.entry("not-found", 404),
                Map.entry("incomplete-body", 408),
                Map.entry("name-taken", 409),
                Map.entry("last-administrator", 409),
                Map.entry("rotation-refused", 409),
                Map.entry("block-refused", 409),
                Map.entry("too-large", 413),
                Map.entry("unsupported-media-type", 415),
                Map.entry("rate-limited", 429),
                Map.entry("blocked", 429),
                Map.entry("internal-error", 500),
                Map.entry("overloaded", 503),
                Map.entry("unavailable", 503))),
        Arrays.stream(Problem.values())
            .collect(Collectors.toMap(Problem::slug, Problem::status, (a, b) -> a, TreeMap::new)));
  }

  @ParameterizedTest
  @EnumSource
  void titleIsOneSentenceWithoutItsFullStop(Problem problem) {
    assertTrue(problem.title().matches("[A-Z].*[^.]"), problem.title());
  }
}

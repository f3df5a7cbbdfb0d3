package dev.signet.domain.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionsTest {
  @Test
  void contributorsAddTheirClaims() {
    Extensions extensions = with(user -> Map.of("tenant", "acme"), user -> Map.of("level", 3L));

    assertEquals(Map.of("tenant", "acme", "level", 3L), extensions.claimsFor(null));
    assertEquals(Map.of(), with().claimsFor(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"iss", "sub", "groups", "exp", "jti", "sid", "csrf", "auth_time", "nonce"})
  void namesThatSignetUsesAreRefused(String name) {
    Extensions extensions = with(user -> Map.of(name, "mine"));

    String message =
        assertThrows(IllegalStateException.class, () -> extensions.claimsFor(null)).getMessage();
    assertTrue(message.endsWith("must not set the claim " + name), message);
  }

  @Test
  void twoContributorsCannotSetOneClaim() {
    Extensions extensions = with(user -> Map.of("tenant", "a"), user -> Map.of("tenant", "b"));

    assertThrows(IllegalStateException.class, () -> extensions.claimsFor(null));
  }

  private static Extensions with(ClaimsContributor... contributors) {
    return new Extensions(Arrays.asList(contributors), List.of());
  }
}
